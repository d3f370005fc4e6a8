using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Storage;

/// <summary>Makes tables and queues while the app starts, so that the listeners find them.</summary>
/// <remarks>Storage that is down then does not stop the app: health says so, and the first call that needs it tries again.</remarks>
internal sealed partial class DeploymentSetup(
    Deployment deployment,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<DeploymentSetup> logger
) : BackgroundService
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
            catch (DeploymentRefusedException e)
            {
                // No later try ends otherwise; Program says the sentence again, as what the app ended with.
                deployment.Refusal = e.Message;
                Unreadable(logger, e.Message);
                lifetime.StopApplication();
                return;
            }
            catch (Exception e) when (StorageFailure.IsTryLater(e, stoppingToken))
            {
                Unreachable(logger, StorageFailure.Describe(e), Pause.TotalSeconds);
            }
            catch (RequestFailedException e)
            {
                // Whatever else storage says, a later answer may be another.
                Refused(logger, e.Status, e.ErrorCode, Pause.TotalSeconds);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Sentence}")]
    private static partial void Unreadable(ILogger logger, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Detail} Trying again in {Seconds} s.")]
    private static partial void Unreachable(ILogger logger, string detail, double seconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Storage refuses to make this app's tables and queues (status {Status}, {Code}). Trying again in {Seconds} s."
    )]
    private static partial void Refused(ILogger logger, int status, string? code, double seconds);
}
