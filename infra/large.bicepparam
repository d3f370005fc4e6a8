using 'main.bicep'

// About a billion interactions a day: a larger cache, storage over zones, no cold start.
param storageSku = 'Standard_ZRS'
param instanceMemoryMB = 2048
param maximumInstanceCount = 400
param httpConcurrency = 64
param alwaysReadyHttp = 3
param accountCacheMegabytes = 256
param accountsAtATime = 16
param shardsPerMessage = 4
param voteCacheMegabytes = 512
param logRetentionDays = 90
param logDailyCapGB = 40
