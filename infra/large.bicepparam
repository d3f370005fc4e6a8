using 'main.bicep'

// About a billion interactions a day: larger caches, no cold start, everything over zones.
param zoneRedundant = true
param instanceMemoryMB = 2048
// Three groups of 75 cores and the rest stay within a region's 250 (docs/deployment.md).
param maximumInstanceCount = 75
param httpConcurrency = 64
param alwaysReadyHttp = 3
param accountCacheMegabytes = 256
param accountsAtATime = 16
param shardsPerMessage = 4
param voteCacheMegabytes = 512
param logRetentionDays = 90
param logDailyCapGB = 40

// From the environment, for all ways to deploy alike: docs/deployment.md. A variable that is empty is one that is not set.
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
var budget = readEnvironmentVariable('MONTHLY_BUDGET', '')
param monthlyBudget = empty(budget) ? 0 : int(budget)
param budgetStart = readEnvironmentVariable('BUDGET_START', '')
var operator = readEnvironmentVariable('OPERATOR_PRINCIPAL_ID', '')
param operatorPrincipalId = empty(operator) ? readEnvironmentVariable('AZURE_PRINCIPAL_ID', '') : operator
var operatorType = readEnvironmentVariable('OPERATOR_PRINCIPAL_TYPE', '')
param operatorPrincipalType = empty(operatorType) ? 'User' : operatorType
param publicUrl = readEnvironmentVariable('PUBLIC_URL', '')
var more = readEnvironmentVariable('MORE_SETTINGS', '')
param moreSettings = json(empty(more) ? '{}' : more)
