using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Recompute;

/// <summary>Applies a message of facts: each account it is about is read once and written once, under its ETag.</summary>
public sealed partial class ScoreRecomputer : IDisposable
{
    private readonly Deployment deployment;
    private readonly CurrentVotes published;
    private readonly OptimisticConcurrency concurrency;
    private readonly IOptions<InfluenceOptions> options;
    private readonly ILogger<ScoreRecomputer> logger;
    private readonly AccountLock gate = new();

    internal ScoreRecomputer(
        Deployment deployment,
        CurrentVotes published,
        OptimisticConcurrency concurrency,
        IOptions<InfluenceOptions> options,
        ILogger<ScoreRecomputer> logger
    ) =>
        (this.deployment, this.published, this.concurrency, this.options, this.logger) = (
            deployment,
            published,
            concurrency,
            options,
            logger
        );

    /// <summary>Applies a message. Twice is once: every applied fact stands in its account's ledger, written with its effect.</summary>
    /// <param name="text">The message as it came from the queue.</param>
    /// <param name="cancellationToken">Gives up between two accounts.</param>
    /// <exception cref="MessageUnreadableException">It is not a message of facts.</exception>
    /// <exception cref="ContentionException">An account could not be written; the others were.</exception>
    /// <exception cref="PageException">An account's rows are damaged; the other accounts were written.</exception>
    public async Task<RecomputeResult> ApplyAsync(string text, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("recompute");
        var (message, facts) = FactsCodec.Read(text);
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var store = new AccountStore(deployment.Accounts, keys);
        var votes = await published.OfAsync(facts.Select(ActorOf).OfType<AccountId>().Select(keys.Hasher.KeyOf), cancellationToken);
        await JournalAsync(message, [.. facts.Where(f => f.About is null)], cancellationToken);
        using var places = new SemaphoreSlim(options.Value.AccountsAtATime);
        // Every account gets its turn even when another fails: the failure is thrown when all are done.
        var results = await Task.WhenAll(
            facts
                .Where(f => f.About is not null)
                .GroupBy(f => f.About!.Value)
                .Select(async group =>
                {
                    await places.WaitAsync(cancellationToken);
                    try
                    {
                        return await ApplyAsync(store, group.Key, [.. group], votes, message.ReceivedAt, cancellationToken);
                    }
                    finally
                    {
                        places.Release();
                    }
                })
        );
        var result = results.Aggregate(new RecomputeResult(0, 0, 0, 0), (a, b) => a.And(b));
        Applied(logger, message.Id, result.Accounts, result.Applied, result.Known, result.Refused);
        if (result.Refused > 0)
            RefusedAfterAll(logger, message.Id, result.Refused);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<RecomputeResult> ApplyAsync(
        AccountStore store,
        AccountId account,
        IReadOnlyList<Fact> facts,
        IVotes votes,
        long receivedAt,
        CancellationToken cancellationToken
    )
    {
        using var turn = await gate.EnterAsync((await deployment.KeysAsync(cancellationToken)).KeyOf(account), cancellationToken);
        return await concurrency.RunAsync(
            "an account",
            async _ =>
                await TryApplyAsync(store, account, facts, votes, receivedAt, cancellationToken) is { } result
                    ? Attempt.Done(result)
                    : Attempt.Conflict<RecomputeResult>(),
            cancellationToken
        );
    }

    private async Task<RecomputeResult?> TryApplyAsync(
        AccountStore store,
        AccountId account,
        IReadOnlyList<Fact> facts,
        IVotes votes,
        long receivedAt,
        CancellationToken cancellationToken
    )
    {
        AccountDocument document;
        try
        {
            document = await store.LoadAsync(account, facts, cancellationToken);
        }
        catch (PageMismatchException)
        {
            return null;
        }

        var applied = AccountUpdate.Apply(document.State, facts, votes, receivedAt);
        var known = applied.Count(FactEffect.AlreadyKnown) + applied.Count(FactEffect.Undone);
        var result = new RecomputeResult(1, applied.Count(FactEffect.New), known, applied.Count(FactEffect.Refused));
        if (ReferenceEquals(applied.State, document.State))
            return result;
        return await store.SaveAsync(document, applied.State, cancellationToken) switch
        {
            SaveOutcome.Saved => result,
            SaveOutcome.TooLarge => await HalvesAsync(store, account, facts, votes, receivedAt, cancellationToken),
            _ => null,
        };
    }

    private static AccountId? ActorOf(Fact fact) =>
        fact switch
        {
            Interaction i => i.Actor,
            Undo u => u.Original.Actor,
            _ => null,
        };

    // In the order of their moments, so that each half touches few days.
    private async Task<RecomputeResult?> HalvesAsync(
        AccountStore store,
        AccountId account,
        IReadOnlyList<Fact> facts,
        IVotes votes,
        long receivedAt,
        CancellationToken cancellationToken
    )
    {
        if (facts.Count == 1)
            throw new InvalidOperationException("One fact's change does not fit a transaction.");
        Fact[] ordered = [.. facts.OrderBy(f => f.At)];
        var first = await TryApplyAsync(store, account, ordered[..(ordered.Length / 2)], votes, receivedAt, cancellationToken);
        var second = first is null
            ? null
            : await TryApplyAsync(store, account, ordered[(ordered.Length / 2)..], votes, receivedAt, cancellationToken);
        return second is null ? null : first!.And(second with { Accounts = 0 });
    }

    // A post changes nobody's score. It is kept for the style of its author, in one row per message.
    private async Task JournalAsync(FactsMessage message, List<Fact> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0)
            return;
        var day = DateTimeOffset
            .FromUnixTimeSeconds(message.ReceivedAt)
            .ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var row = new TableEntity(day, message.Id)
        {
            ["V"] = 1,
            ["Facts"] = System.Text.Encoding.UTF8.GetBytes(FactsCodec.Write(posts, message.ReceivedAt).Single()),
        };
        await deployment.Journal.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "Message {Id}: {Accounts} accounts, {Applied} facts applied, {Known} known, {Refused} refused."
    )]
    private static partial void Applied(ILogger logger, string id, int accounts, int applied, int known, int refused);

    // The door had taken them: they waited until the ledger forgot their day, as a dead letter run again much later does.
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Message {Id}: {Refused} facts were refused that had been accepted: they waited too long to be known as new."
    )]
    private static partial void RefusedAfterAll(ILogger logger, string id, int refused);
}
