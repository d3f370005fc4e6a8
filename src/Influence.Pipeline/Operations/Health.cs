using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Operations;

/// <summary>Health check: whether storage answers, and how much waits.</summary>
/// <remarks>
/// Anybody may ask, so a single-flight cache answers: however many ask, storage gets five requests every
/// <see cref="InfluenceOptions.HealthCacheSeconds"/>.
/// </remarks>
public sealed partial class Health(
    Deployment deployment,
    BoardQueries boards,
    IOptions<InfluenceOptions> options,
    TimeProvider clock,
    ILogger<Health> logger
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SingleFlightCache<string, HealthReport> cache = new(
        clock,
        _ => TimeSpan.FromSeconds(options.Value.HealthCacheSeconds),
        maxSize: 1
    );

    /// <summary>The latest report; storage that does not answer within 10 seconds is a report too, not an error.</summary>
    public Task<HealthReport> CheckAsync(CancellationToken cancellationToken) => cache.GetAsync("health", AskAsync, cancellationToken);

    private async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("health");
        var asOf = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await deployment.KeysAsync(limit.Token);
            var (facts, shards) = (QueueAsync(deployment.Interactions, limit.Token), QueueAsync(deployment.Shards, limit.Token));
            var board = boards.LatestAsync(limit.Token);
            await Task.WhenAll(facts, shards, board);
            return new HealthReport(HealthReport.Ok, new StorageHealth(HealthReport.Ok), [await facts, await shards], await board, asOf);
        }
        catch (Exception e) when (StorageFailure.IsTryLater(e, cancellationToken))
        {
            Unreachable(logger, StorageFailure.CodeOf(e).Status);
            var storage = new StorageHealth(HealthReport.Unavailable, StorageFailure.Describe(e));
            return new HealthReport(HealthReport.Unavailable, storage, [], null, asOf);
        }
    }

    private Task<QueueHealth> QueueAsync(QueueClient queue, CancellationToken cancellationToken) =>
        QueueWatch.LookAsync(queue, clock, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Health: storage does not answer (status {Status}).")]
    private static partial void Unreachable(ILogger logger, int status);
}
