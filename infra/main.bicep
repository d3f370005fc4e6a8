targetScope = 'resourceGroup'

metadata description = 'InfluenceFunctions: a function app that reaches its storage and its telemetry by a managed identity; no key, no connection string.'

@description('Begins the name of every resource; the names end in letters of their own for each resource group.')
@minLength(2)
@maxLength(10)
param prefix string = 'influence'

@description('Where everything runs: a region with Flex Consumption (az functionapp list-flexconsumption-locations).')
param location string = resourceGroup().location

@description('Whether storage and instances are spread over availability zones: not in every region, and paid for. Choose it at the start.')
param zoneRedundant bool = false

@description('Memory of an instance, MB; processor and network come in proportion. The app needs about 150 MB, so this buys speed.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How many instances a group that scales by itself may have at most: all requests together, and each queue function.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('How many requests one instance serves at a time before another one starts.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 64

@description('Instances that wait for requests all the time, so that none meets a cold start; each is paid for. At least 2 with zoneRedundant.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('When the boards of the day before are published: NCRONTAB with six fields, UTC.')
@minLength(11)
@maxLength(100)
param publishSchedule string = '0 10 0 * * *'

@description('The address callers use when it is not the app\'s own, such as https://influence.example.org behind a proxy; empty for its own.')
@maxLength(200)
param publicUrl string = ''

@description('Put before the name of every table: letters and digits, for several deployments in one storage account.')
@maxLength(20)
param tablePrefix string = ''

@description('How many partitions the accounts of a new deployment lie in; fixed once it has data. A partition takes 2,000 rows a second.')
@allowed([1, 2, 4, 8, 16, 32, 64, 128, 256])
param partitions int = 16

@description('Memory of an instance for accounts that it read or wrote, MiB.')
@minValue(0)
@maxValue(4096)
param accountCacheMegabytes int = 64

@description('How many groups of accounts a settlement or a verification works on at a time.')
@minValue(1)
@maxValue(64)
param accountsAtATime int = 8

@description('How many rows a board has at most.')
@minValue(1)
@maxValue(10000)
param boardSize int = 1000

@description('How many days a board is kept.')
@minValue(1)
@maxValue(3650)
param boardRetentionDays int = 400

@description('How many boards of topics and communities there are at most: the largest.')
@minValue(0)
@maxValue(10000)
param maxBoards int = 1000

@description('How few accounts make a board of a topic or community.')
@minValue(1)
@maxValue(1000000)
param minBoardSize int = 10

@description('How many passes a settlement makes at most; 0 publishes without settling.')
@minValue(0)
@maxValue(50)
param settlePasses int = 3

@description('Memory of an instance for the votes of a settlement, MiB.')
@minValue(0)
@maxValue(16384)
param settleVoteMegabytes int = 256

@description('After how many minutes without progress a publication is asked for again.')
@minValue(1)
@maxValue(1440)
param stallMinutes int = 15

@description('Memory of an instance for votes, MiB.')
@minValue(1)
@maxValue(4096)
param voteCacheMegabytes int = 64

@description('How long an instance may go on with the votes it knows when new ones are out, seconds.')
@minValue(0)
@maxValue(60)
param voteCacheSeconds int = 5

@description('How many of the 256 shards one message of a publication is about: fewer spread it over more instances.')
@allowed([1, 2, 4, 8, 16, 32, 64, 128, 256])
param shardsPerMessage int = 64

@description('The change below which a settlement leaves a score alone: points, 1e-9 to 1, as text because Bicep knows no fractions.')
@minLength(1)
@maxLength(20)
param settleTolerance string = '0.01'

@description('How long the totals of a board are kept in memory, seconds: how old the rank on a score card may be.')
@minValue(0)
@maxValue(60)
param boardCacheSeconds int = 30

@description('How long an instance answers a score card from memory, seconds.')
@minValue(0)
@maxValue(60)
param cardCacheSeconds int = 30

@description('How long an instance answers a page of a board from memory, seconds.')
@minValue(0)
@maxValue(60)
param pageCacheSeconds int = 60

@description('How long a host keeps its health report in memory, seconds: what a flood of questions costs is five requests in that time.')
@minValue(0)
@maxValue(60)
param healthCacheSeconds int = 2

@description('How many writes an instance takes at once, and as many deliveries of webhooks: one more gets 429.')
@minValue(1)
@maxValue(10000)
param maxConcurrentWrites int = 64

@description('How long facts may wait on the queue before writers get 429, seconds; 0 for as long as it takes.')
@minValue(0)
@maxValue(86400)
param maxBacklogSeconds int = 1200

@description('How many items a minute a key may send for which no setting of its own says it, on one instance; 0 for any number.')
@minValue(0)
@maxValue(10000000)
param itemsPerMinute int = 0

@description('Whether only keys with a name may write: those of the settings Writers__{name}__KeyHash in moreSettings.')
param requireNamedWriters bool = false

@description('More app settings by name, such as the secrets of webhooks, best as Key Vault references: @Microsoft.KeyVault(SecretUri=…).')
@secure()
param moreSettings object = {}

@description('How long logs are kept, days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('How much log data is taken in a day at most, GB; beyond it logs are dropped, and alerts with them. −1 for no limit.')
@minValue(-1)
@maxValue(1000)
param logDailyCapGB int = 1

@description('Percent of runs whose telemetry is kept; below 100 the alerts miss lines in that proportion.')
@minValue(1)
@maxValue(100)
param telemetryPercent int = 100

@description('Who is told about alerts and the budget, an e-mail address; empty for nobody: alerts then only show in Azure Monitor.')
@maxLength(254)
param alertEmail string = ''

@description('Share of answers with 5xx, percent, above which an alert is raised.')
@minValue(1)
@maxValue(100)
param serverErrorPercent int = 5

@description('What a month may cost in the currency of the subscription before alertEmail is told; 0 for no budget.')
@minValue(0)
@maxValue(1000000)
param monthlyBudget int = 0

@description('The first day of the month in which the budget was made, such as 2026-12-01. Azure refuses to change it: always give the same.')
@maxLength(10)
param budgetStart string = ''

@description('Who may read tables and queues, dead letters and boards among them: the object id of a person, group or identity; empty for nobody.')
@maxLength(36)
param operatorPrincipalId string = ''

@description('What operatorPrincipalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('What the operator may do with tables and queues: read, or write too, as to restore a backup.')
@allowed(['read', 'write'])
param operatorAccess string = 'read'

var unique = uniqueString(resourceGroup().id)
var name = '${prefix}-${unique}'
var hasBudget = monthlyBudget > 0 && !empty(alertEmail)
var storageName = take('${toLower(replace(prefix, '-', ''))}${unique}', 24)

module identity 'modules/identity.bicep' = {
  params: { name: name, location: location }
}

module storage 'modules/storage.bicep' = {
  params: { name: storageName, location: location, zoneRedundant: zoneRedundant, tablePrefix: tablePrefix }
}

module monitoring 'modules/monitoring.bicep' = {
  params: { name: name, location: location, retentionDays: logRetentionDays, dailyCapGB: logDailyCapGB }
}

module roles 'modules/roles.bicep' = {
  params: {
    storageName: storageName
    insightsName: name
    identityName: name
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    operatorAccess: operatorAccess
  }
  dependsOn: [identity, storage, monitoring]
}

module plan 'modules/plan.bicep' = {
  params: { name: name, location: location, zoneRedundant: zoneRedundant }
}

module app 'modules/app.bicep' = {
  params: {
    name: name
    location: location
    planId: plan.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storageName
    deploymentContainer: storage.outputs.deploymentContainer
    insightsName: name
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
    alwaysReadyHttp: alwaysReadyHttp
    zoneRedundant: zoneRedundant
    publishSchedule: publishSchedule
    publicUrl: publicUrl
    tablePrefix: tablePrefix
    partitions: partitions
    accountCacheMegabytes: accountCacheMegabytes
    accountsAtATime: accountsAtATime
    boardSize: boardSize
    boardRetentionDays: boardRetentionDays
    maxBoards: maxBoards
    minBoardSize: minBoardSize
    settlePasses: settlePasses
    settleVoteMegabytes: settleVoteMegabytes
    stallMinutes: stallMinutes
    voteCacheMegabytes: voteCacheMegabytes
    voteCacheSeconds: voteCacheSeconds
    shardsPerMessage: shardsPerMessage
    settleTolerance: settleTolerance
    boardCacheSeconds: boardCacheSeconds
    cardCacheSeconds: cardCacheSeconds
    pageCacheSeconds: pageCacheSeconds
    healthCacheSeconds: healthCacheSeconds
    maxConcurrentWrites: maxConcurrentWrites
    maxBacklogSeconds: maxBacklogSeconds
    itemsPerMinute: itemsPerMinute
    requireNamedWriters: requireNamedWriters
    telemetryPercent: telemetryPercent
    moreSettings: moreSettings
  }
  // An app that starts before it may read its storage fails and tries again: rights first.
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    name: name
    location: location
    insightsId: monitoring.outputs.insightsId
    email: alertEmail
    serverErrorPercent: serverErrorPercent
  }
}

module workbook 'modules/workbook.bicep' = {
  params: { location: location, insightsName: name }
  dependsOn: [monitoring]
}

module budget 'modules/budget.bicep' = if (hasBudget) {
  params: {
    name: name
    amount: monthlyBudget
    // Not today's month as a default: it would be refused in every later month.
    startDate: !hasBudget || (length(budgetStart) == 10 && endsWith(budgetStart, '-01'))
      ? budgetStart
      : fail('budgetStart must be the first day of a month, such as 2026-12-01: of this month for a new budget, later always the same.')
    email: alertEmail
  }
}

@description('The function app, for az functionapp.')
output appName string = app.outputs.name

@description('Where the API answers.')
output url string = app.outputs.url

@description('The storage account.')
output storageName string = storage.outputs.name

@description('The identity, for rights on a Key Vault that holds webhook secrets.')
output principalId string = identity.outputs.principalId
