metadata description = 'Application Insights over Log Analytics; telemetry comes in by identity alone.'

@description('Name of both.')
param name string

@description('Region.')
param location string

@description('Days that logs are kept.')
param retentionDays int

@description('GB taken in a day at most; −1 for no limit.')
param dailyCapGB int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGB }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
  }
}

@description('Resource id of the component.')
output insightsId string = insights.id
