using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Storage;

/// <summary>
/// Makes tables and queues while the app starts, so that the listeners find them. Storage that is down then does not stop the app: health
/// says so,
/// and the first call that needs it tries again.
/// </summary>
internal sealed partial class DeploymentSetup(Deployment deployment, ILogger<DeploymentSetup> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        StorageRequests.Enter("setup");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await deployment.KeysAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (StorageOutage.Is(e, stoppingToken))
            {
                Unreachable(logger, StorageOutage.Describe(e), Pause.TotalSeconds);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Detail} Trying again in {Seconds} s.")]
    private static partial void Unreachable(ILogger logger, string detail, double seconds);
}
