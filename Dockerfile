# The app on a machine of one's own, over a real storage account: one process, no scale-out. See docs/operations.md, Self-hosting.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Compiled when it starts: code that was compiled ahead is of one processor, the image may be of another.
RUN dotnet publish src/InfluenceFunctions -c Release -p:FunctionsRuntime=local -p:PublishReadyToRun=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# The image's own user, which may change nothing.
USER $APP_UID
ENV PublishSchedule="0 10 0 * * *"
EXPOSE 8080
# PID 1 is the app itself, so that a stop reaches it: it finishes what is in hand within the 10 seconds of docker stop.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "InfluenceFunctions.dll", "--urls", "http://0.0.0.0:8080"]
