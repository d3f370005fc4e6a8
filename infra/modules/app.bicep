metadata description = 'The function app with every setting it reads.'

@description('Name of the app: the first part of its address.')
param name string

@description('Region.')
param location string

@description('The plan.')
param planId string

@description('Resource id of the identity.')
param identityId string

@description('Client id of the identity.')
param identityClientId string

@description('The storage account.')
param storageName string

@description('The container of the published app.')
param deploymentContainer string

@description('The Application Insights component.')
param insightsName string

@description('MB of an instance.')
param instanceMemoryMB int

@description('Instances of a function at most.')
param maximumInstanceCount int

@description('Requests of an instance at a time.')
param httpConcurrency int

@description('Instances that wait for requests.')
param alwaysReadyHttp int

@description('Whether instances are spread over zones.')
param zoneRedundant bool

@description('PublishSchedule.')
param publishSchedule string

@description('PublicUrl.')
param publicUrl string

@description('Influence__TablePrefix.')
param tablePrefix string

@description('Influence__Partitions.')
param partitions int

@description('Influence__AccountCacheMegabytes.')
param accountCacheMegabytes int

@description('Influence__AccountsAtATime.')
param accountsAtATime int

@description('Influence__BoardSize.')
param boardSize int

@description('Influence__BoardRetentionDays.')
param boardRetentionDays int

@description('Influence__MaxBoards.')
param maxBoards int

@description('Influence__MinBoardSize.')
param minBoardSize int

@description('Influence__SettlePasses.')
param settlePasses int

@description('Influence__SettleVoteMegabytes.')
param settleVoteMegabytes int

@description('Influence__StallMinutes.')
param stallMinutes int

@description('Influence__VoteCacheMegabytes.')
param voteCacheMegabytes int

@description('Influence__VoteCacheSeconds.')
param voteCacheSeconds int

@description('Influence__ShardsPerMessage.')
param shardsPerMessage int

@description('Influence__SettleTolerance.')
param settleTolerance string

@description('Influence__BoardCacheSeconds.')
param boardCacheSeconds int

@description('Influence__CardCacheSeconds.')
param cardCacheSeconds int

@description('Influence__PageCacheSeconds.')
param pageCacheSeconds int

@description('Influence__HealthCacheSeconds.')
param healthCacheSeconds int

@description('Influence__MaxConcurrentWrites.')
param maxConcurrentWrites int

@description('Influence__MaxBacklogSeconds.')
param maxBacklogSeconds int

@description('Influence__ItemsPerMinute.')
param itemsPerMinute int

@description('Influence__RequireNamedWriters.')
param requireNamedWriters bool

@description('Percent of runs whose telemetry is kept.')
param telemetryPercent int

@description('Further settings.')
@secure()
param moreSettings object

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// What spans zones has an instance in two of them at least.
var waiting = max(alwaysReadyHttp, zoneRedundant ? 2 : 0)

// The connection string of Application Insights holds no secret: ingestion is by identity alone (DisableLocalAuth).
var settings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  // The first page is the app's own.
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
  Influence__AccountCacheMegabytes: string(accountCacheMegabytes)
  Influence__AccountsAtATime: string(accountsAtATime)
  Influence__BoardCacheSeconds: string(boardCacheSeconds)
  Influence__BoardRetentionDays: string(boardRetentionDays)
  Influence__BoardSize: string(boardSize)
  Influence__CardCacheSeconds: string(cardCacheSeconds)
  Influence__HealthCacheSeconds: string(healthCacheSeconds)
  Influence__MaxConcurrentWrites: string(maxConcurrentWrites)
  Influence__MaxBacklogSeconds: string(maxBacklogSeconds)
  Influence__ItemsPerMinute: string(itemsPerMinute)
  Influence__RequireNamedWriters: string(requireNamedWriters)
  Influence__MaxBoards: string(maxBoards)
  Influence__MinBoardSize: string(minBoardSize)
  Influence__PageCacheSeconds: string(pageCacheSeconds)
  Influence__Partitions: string(partitions)
  Influence__SettlePasses: string(settlePasses)
  Influence__SettleTolerance: settleTolerance
  Influence__SettleVoteMegabytes: string(settleVoteMegabytes)
  Influence__ShardsPerMessage: string(shardsPerMessage)
  Influence__StallMinutes: string(stallMinutes)
  Influence__TablePrefix: tablePrefix
  Influence__VoteCacheMegabytes: string(voteCacheMegabytes)
  Influence__VoteCacheSeconds: string(voteCacheSeconds)
  // The host's own choice may be five runs a second: a line that is sampled away with its run raises no alert.
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: telemetryPercent == 100 ? '1' : '0.${padLeft(telemetryPercent, 2, '0')}'
  PublicUrl: publicUrl
  PublishSchedule: publishSchedule
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  // By this azd finds the service of azure.yaml.
  tags: { 'azd-service-name': 'app' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    // Key Vault references are read by this identity; without it they would be tried by a system-assigned one.
    keyVaultReferenceIdentity: identityId
    // No cors: the platform would answer for the app, which says itself who may read (docs/deployment.md).
    // Flex Consumption refuses what it does not have, even to switch it off: ftpsState, alwaysOn, linuxFxVersion and their kin.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: waiting > 0 ? [{ name: 'http', instanceCount: waiting }] : []
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(moreSettings, settings)
  }

  // Deployment is by token (az login), not by a publishing password.
  resource scmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

@description('Name of the app.')
output name string = app.name

@description('Where it answers.')
output url string = 'https://${app.properties.defaultHostName}'
