metadata description = 'Tells when something needs a person. Every query reads lines that the app writes; tests hold the words in step.'

@description('Begins the name of every alert.')
param name string

@description('Region.')
param location string

@description('The Application Insights component.')
param insightsId string

@description('Who is told; empty for nobody.')
param email string

@description('Percent of 5xx answers above which to tell.')
param serverErrorPercent int

// WatchQueues writes this line every two minutes: queue, depth, age of the oldest message.
var watched = 'traces | where message startswith "Waiting in " | parse message with "Waiting in " queue ": " depth:long " messages, the oldest for " seconds:long " s." *'

// A line written once counts in two windows or more: it may come in minutes after its time.
var rules = [
  {
    key: 'poison'
    severity: 1
    description: 'A message failed for good: it is in the DeadLetters table, or still on a poison queue. '
    query: '${watched} | where queue endswith "-poison" and depth > 0 | union (traces | where message startswith "Dead letter of queue ")'
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    key: 'backlog'
    severity: 2
    description: 'The oldest message waits for more than five minutes: more comes in than is worked off, or the workers fail.'
    query: '${watched} | where queue !endswith "-poison" and seconds > 300'
    window: 'PT5M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    key: 'publication'
    severity: 1
    description: 'The boards could not be published.'
    query: 'traces | where message startswith "Dead letter of queue shards "'
    window: 'PT30M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    key: 'silence'
    severity: 1
    description: 'Nothing was published for a day, or the app does not run at all.'
    query: 'traces | where message startswith "Published "'
    window: 'P1D'
    every: 'PT1H'
    operator: 'LessThan'
    threshold: 1
  }
  {
    key: 'errors'
    severity: 1
    description: 'Too many answers are 5xx.'
    query: 'requests | where isnotempty(url) | summarize total = sum(itemCount), failed = sumif(itemCount, toint(resultCode) >= 500) | where total >= 20 and 100.0 * failed / total > ${serverErrorPercent}'
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: name
  location: 'global'
  properties: {
    groupShortName: 'influence'
    enabled: true
    emailReceivers: [{ name: 'people', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${name}-${rule.key}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: 'Influence: ${rule.key}'
      description: '${rule.description} What to do: docs/operations.md, Runbooks, ${rule.key}.'
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [insightsId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]
