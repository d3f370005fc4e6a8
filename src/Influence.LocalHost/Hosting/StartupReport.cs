using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Hosting;

/// <summary>Prints what is served, once everything listens.</summary>
internal sealed partial class StartupReport(
    FunctionIndex index,
    HttpFunctions http,
    FunctionKeys keys,
    IServer server,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<StartupReport> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        foreach (var function in index.Functions)
        {
            var trigger = Line(function, address);
            Served(logger, function.Name, trigger);
        }

        if (!keys.AreSet)
            Open(logger);
    }

    private string Line(FunctionEntry function, string address) =>
        function switch
        {
            HttpFunction f => $"[{string.Join(',', f.Methods)}] {address}{http.PathOf(f)}"
                + (f.Level == KeyLevel.Anonymous ? "" : $" ({f.Level} key)"),
            QueueFunction f => $"queue {f.Queue}",
            TimerFunction f => $"timer, next {f.Schedule.GetNextOccurrence(clock.GetUtcNow().UtcDateTime):u}",
            _ => "",
        };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Function}: {Trigger}")]
    private static partial void Served(ILogger logger, string function, string trigger);

    [LoggerMessage(Level = LogLevel.Information, Message = "No keys are set (FunctionKeys:0, MasterKey): every caller may do everything")]
    private static partial void Open(ILogger logger);
}
