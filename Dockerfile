# The app on Microsoft's Functions host, in its official image. See docs/operations.md, Containers.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Compiled ahead of time for linux-x64, like every publish: the image below exists for that processor alone.
RUN dotnet publish src/InfluenceFunctions -c Release -o /app

FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0
COPY --from=build /app /home/site/wwwroot
# Keys are read from /keys/host.json, and what the host makes of its own is written beside it. Port 8080 needs no right of root.
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    AzureWebJobsDisableHomepage=true \
    AzureWebJobsSecretStorageType=files \
    FUNCTIONS_SECRETS_PATH=/keys \
    ASPNETCORE_URLS=http://+:8080 \
    PublishSchedule="0 10 0 * * *"
EXPOSE 8080
