metadata description = 'The identity by which the app reaches storage and telemetry.'

@description('Name of the identity.')
param name string

@description('Region.')
param location string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

@description('Resource id.')
output id string = identity.id

@description('What settings name it by.')
output clientId string = identity.properties.clientId

@description('What role assignments name it by.')
output principalId string = identity.properties.principalId
