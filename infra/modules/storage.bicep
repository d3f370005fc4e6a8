metadata description = 'The storage account: no keys, no public blobs, with everything in it that the app expects.'

@description('Name of the account, 3–24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Whether each of three zones has a copy.')
param zoneRedundant bool

@description('Put before every table.')
param tablePrefix string

var tables = [
  'Accounts'
  'Leaderboards'
  'Settlements'
  'Journal'
  'Activities'
  'Profiles'
  'Suppressed'
  'Audit'
  'DeadLetters'
]
var queues = ['interactions', 'interactions-poison', 'shards', 'shards-poison']

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobService 'blobServices' = {
    name: 'default'

    resource deployments 'containers' = {
      name: 'deployments'
      properties: { publicAccess: 'None' }
    }
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [
      for queue in queues: {
        name: queue
      }
    ]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [
      for table in tables: {
        name: '${tablePrefix}${table}'
      }
    ]
  }
}

@description('Name of the account.')
output name string = account.name

@description('The container that holds the published app.')
output deploymentContainer string = account::blobService::deployments.name
