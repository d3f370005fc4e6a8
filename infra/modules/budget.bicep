metadata description = 'Tells by e-mail when a month is about to cost more than it may. It stops nothing.'

@description('Name of the budget.')
param name string

@description('What a month may cost.')
param amount int

@description('First day of the first month.')
param startDate string

@description('Who is told.')
param email string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: startDate }
    notifications: {
      spent: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: [email] }
      expected: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
