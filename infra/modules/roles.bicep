metadata description = 'What the app\'s identity and an operator may do: roles on the storage account, and one on the telemetry.'

@description('The storage account.')
param storageName string

@description('The Application Insights component.')
param insightsName string

@description('The identity.')
param identityName string

@description('The operator; empty for none.')
param operatorPrincipalId string

@description('What the operator is.')
param operatorPrincipalType string

@description('read or write.')
@allowed(['read', 'write'])
param operatorAccess string

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

var storageRoles = {
  // The host: the deployed package, its keys, its leases.
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  // Triggers, and poison queues that the host makes.
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  // Accounts, boards, dead letters.
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
// Accounts, boards, dead letters; what waits in queues. Nothing of blobs: the package and the keys of the host are there.
var operatorRoles = {
  read: {
    queueDataReader: '19e7f393-937e-4f77-808e-94535e297925'
    tableDataReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
  }
  write: {
    queueDataContributor: storageRoles.queueDataContributor
    tableDataContributor: storageRoles.tableDataContributor
  }
}
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource storageRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(storageRoles): {
    name: guid(storage.id, identity.id, role.value)
    scope: storage
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource operatorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in (empty(operatorPrincipalId) ? [] : items(operatorRoles[operatorAccess])): {
    name: guid(storage.id, operatorPrincipalId, role.value)
    scope: storage
    properties: {
      principalId: operatorPrincipalId
      principalType: operatorPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource insightsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}
