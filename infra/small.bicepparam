using 'main.bicep'

// A community, a club, a try-out: up to about ten million interactions a day.
param instanceMemoryMB = 512
param maximumInstanceCount = 40
param httpConcurrency = 32
param logDailyCapGB = 1
