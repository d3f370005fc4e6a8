metadata description = 'Flex Consumption: scales to nothing, and is paid by the second.'

@description('Name of the plan.')
param name string

@description('Region.')
param location string

@description('Whether instances are spread over zones.')
param zoneRedundant bool

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

@description('Resource id.')
output id string = plan.id
