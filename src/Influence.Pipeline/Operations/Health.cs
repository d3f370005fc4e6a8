using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Operations;

/// <summary>Looks whether storage answers and how much waits.</summary>
public sealed partial class Health(Deployment deployment, BoardQueries boards, TimeProvider clock, ILogger<Health> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks storage; a storage that does not answer within 10 seconds is an answer, not an error.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("health");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await deployment.KeysAsync(limit.Token);
            var (facts, shards) = (QueueAsync(deployment.Interactions, limit.Token), QueueAsync(deployment.Shards, limit.Token));
            var board = boards.LatestAsync(limit.Token);
            await Task.WhenAll(facts, shards, board);
            return new HealthReport(HealthReport.Ok, new StorageHealth(HealthReport.Ok), [await facts, await shards], await board);
        }
        catch (Exception e) when (StorageFailure.IsTryLater(e, cancellationToken))
        {
            Unreachable(logger, StorageFailure.CodeOf(e).Status);
            return new HealthReport(
                HealthReport.Unavailable,
                new StorageHealth(HealthReport.Unavailable, StorageFailure.Describe(e)),
                [],
                null
            );
        }
    }

    private Task<QueueHealth> QueueAsync(QueueClient queue, CancellationToken cancellationToken) =>
        QueueWatch.LookAsync(queue, clock, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Health: storage does not answer (status {Status}).")]
    private static partial void Unreachable(ILogger logger, int status);
}
