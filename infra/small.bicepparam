using 'main.bicep'

// A community, a club, a try-out: up to about ten million interactions a day.
param instanceMemoryMB = 512
param maximumInstanceCount = 40
param httpConcurrency = 32
param logDailyCapGB = 1

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
