using Azure;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Operations;

/// <summary>Health check: whether storage answers, and how much waits.</summary>
/// <remarks>
/// Anybody may ask, so a single-flight cache answers: however many ask, storage gets five requests every
/// <see cref="InfluenceOptions.HealthCacheSeconds"/>, and one more for each queue in which something waits. All are asked at once and each
/// is waited for by itself, so that one that is slow hides no other.
/// </remarks>
public sealed partial class Health(
    Deployment deployment,
    BoardQueries boards,
    ListenerTurns listeners,
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

    private readonly SingleFlightCache<string, ReadyReport> ready = new(
        clock,
        _ => TimeSpan.FromSeconds(options.Value.HealthCacheSeconds),
        maxSize: 1
    );

    /// <summary>The latest report; storage that does not answer within 10 seconds is a report too, not an error.</summary>
    public Task<HealthReport> CheckAsync(CancellationToken cancellationToken) => cache.GetAsync("health", AskAsync, cancellationToken);

    /// <summary>Whether readers can be served: the tables answer and are of this version. Queues are not asked.</summary>
    public Task<ReadyReport> ReadyAsync(CancellationToken cancellationToken) => ready.GetAsync("ready", AskTablesAsync, cancellationToken);

    private async Task<ReadyReport> AskTablesAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("health");
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var (_, failure) = await TryAsync(LastBoardAsync, limit.Token, cancellationToken);
        var tables = DependencyOf("tables", [failure]);
        return new ReadyReport(failure is null ? ReadyReport.Ready : HealthReport.Unavailable, tables.Detail);
    }

    private async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("health");
        var asOf = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var board = TryAsync(LastBoardAsync, limit.Token, cancellationToken);
        QueueClient[] all = [deployment.Interactions, deployment.Shards, deployment.InteractionsPoison, deployment.ShardsPoison];
        var looks = all.Select(q => TryAsync(token => LookAsync(q, token), limit.Token, cancellationToken)).ToList();
        var tables = DependencyOf("tables", [(await board).Failure]);
        var queues = DependencyOf("queues", [.. (await Task.WhenAll(looks)).Select(l => l.Failure)]);
        return new HealthReport(
            tables.Detail is null && queues.Detail is null ? HealthReport.Ok : HealthReport.Unavailable,
            [tables, queues],
            [.. (await Task.WhenAll(looks)).Select(l => l.Value).OfType<QueueHealth>()],
            listeners.All,
            (await board).Value,
            asOf
        );
    }

    private static async Task<(T? Value, Exception? Failure)> TryAsync<T>(
        Func<CancellationToken, Task<T>> ask,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await ask(limit).WaitAsync(limit), null);
        }
        catch (Exception e) when (StorageFailure.IsTryLater(e, cancellationToken))
        {
            return (default, e);
        }
    }

    private async Task<DateOnly?> LastBoardAsync(CancellationToken cancellationToken)
    {
        await deployment.KeysAsync(cancellationToken);
        return await boards.LatestAsync(cancellationToken);
    }

    private async Task<QueueHealth> LookAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        try
        {
            return await QueueWatch.LookAsync(queue, clock, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Not made yet: the service answers, and nothing waits.
            return new QueueHealth(queue.Name, 0, 0);
        }
    }

    private DependencyHealth DependencyOf(string name, IReadOnlyList<Exception?> failures)
    {
        if (failures.OfType<Exception>().FirstOrDefault() is not { } failure)
            return new DependencyHealth(name, HealthReport.Ok);
        Unreachable(logger, name, StorageFailure.CodeOf(failure).Status);
        return new DependencyHealth(name, HealthReport.Unavailable, StorageFailure.Describe(failure));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Health: {Dependency} do not answer (status {Status}).")]
    private static partial void Unreachable(ILogger logger, string dependency, int status);
}
