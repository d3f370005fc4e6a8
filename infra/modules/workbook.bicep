metadata description = 'A workbook over the app\'s telemetry. Tests hold every name in its queries to those in code.'

@description('Region.')
param location string

@description('The Application Insights component.')
param insightsName string

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// Azure Monitor keeps of a metric in a minute: sum, count, least and greatest value. A counter's sum is what was added.
var added = 'summarize added = sum(valueSum) by bin(timestamp, {bin})'
var length = 'summarize average = sum(valueSum) / sum(valueCount), longest = max(valueMax) by bin(timestamp, {bin})'
var latest = 'summarize value = max(valueMax) by bin(timestamp, {bin})'

// Of each: a title, the metric, how it is summed, and the tag that parts it; empty for none.
var metrics = [
  { title: 'Facts accepted, by the way they came', name: 'influence.facts.accepted', sum: added, tag: 'way' }
  { title: 'Facts refused, by code', name: 'influence.facts.refused', sum: added, tag: 'code' }
  { title: 'Writes refused for now, by reason', name: 'influence.writes.throttled', sum: added, tag: 'reason' }
  { title: 'Facts processed, by what they came to', name: 'influence.facts.processed', sum: added, tag: 'effect' }
  { title: 'Seconds from taking facts in to their scores', name: 'influence.score.lag', sum: length, tag: '' }
  { title: 'Messages waiting', name: 'influence.queue.depth', sum: latest, tag: 'queue' }
  { title: 'Seconds that the oldest message waits', name: 'influence.queue.age', sum: latest, tag: 'queue' }
  { title: 'Writes of accounts, by outcome', name: 'influence.accounts.commits', sum: added, tag: 'outcome' }
  { title: 'Accounts written, and lost to other writers', name: 'influence.accounts.rows', sum: added, tag: 'outcome' }
  { title: 'Seconds of a group commit', name: 'influence.accounts.commit.duration', sum: length, tag: '' }
  { title: 'Requests to storage, by step', name: 'influence.storage.requests', sum: added, tag: 'step' }
  { title: 'Lookups in caches', name: 'influence.cache.lookups', sum: added, tag: 'result' }
  { title: 'Seconds of publications and erasures', name: 'influence.workflow.duration', sum: length, tag: 'workflow' }
  { title: 'Dead letters, by queue', name: 'influence.dead_letters.kept', sum: added, tag: 'queue' }
  { title: 'Seconds since listeners ran', name: 'influence.listener.idle', sum: latest, tag: 'function' }
  { title: 'Seconds that functions run', name: 'influence.function.duration', sum: length, tag: 'function' }
  { title: 'Webhook deliveries, by answer', name: 'influence.webhooks.deliveries', sum: added, tag: 'status' }
  { title: 'Events of webhooks that are not scored', name: 'influence.webhooks.skipped', sum: added, tag: 'source' }
]

var lines = [
  {
    title: 'Publications'
    query: 'traces | where message startswith "Published " | project timestamp, message | order by timestamp desc'
  }
  {
    title: 'Dead letters'
    query: 'traces | where message startswith "Dead letter of queue " | project timestamp, message | order by timestamp desc'
  }
  {
    title: 'Answers by status'
    query: 'requests | where isnotempty(url) | summarize answers = sum(itemCount) by resultCode, bin(timestamp, {bin})'
  }
]

var range = {
  type: 9
  content: {
    version: 'KqlParameterItem/1.0'
    parameters: [
      {
        id: guid(insights.id, 'range')
        name: 'range'
        label: 'Time'
        type: 4
        isRequired: true
        value: { durationMs: 21600000 }
        typeSettings: {
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 21600000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
          ]
        }
      }
      {
        id: guid(insights.id, 'bin')
        name: 'bin'
        label: 'Step'
        type: 2
        isRequired: true
        value: '5m'
        jsonData: '["1m","5m","1h","1d"]'
      }
    ]
  }
  name: 'parameters'
}

var charts = [
  for metric in metrics: {
    type: 3
    content: {
      version: 'KqlItem/1.0'
      title: metric.title
      query: 'customMetrics | where name == "${metric.name}"${empty(metric.tag) ? '' : ' | extend ${metric.tag} = tostring(customDimensions["${metric.tag}"])'} | ${metric.sum}${empty(metric.tag) ? '' : ', ${metric.tag}'}'
      queryType: 0
      resourceType: 'microsoft.insights/components'
      timeContextFromParameter: 'range'
      size: 1
      visualization: 'timechart'
    }
    customWidth: '50'
    name: metric.name
  }
]

var tables = [
  for line in lines: {
    type: 3
    content: {
      version: 'KqlItem/1.0'
      title: line.title
      query: line.query
      queryType: 0
      resourceType: 'microsoft.insights/components'
      timeContextFromParameter: 'range'
      size: 1
      visualization: 'table'
    }
    customWidth: '50'
    name: line.title
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name is a GUID: the same at every deployment.
  name: guid(insights.id, 'influence')
  location: location
  kind: 'shared'
  properties: {
    displayName: insightsName
    category: 'workbook'
    sourceId: insights.id
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([range], charts, tables)
      fallbackResourceIds: [insights.id]
    })
  }
}
