using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
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
    private readonly AccountLock locks = new();

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

    /// <summary>Applies a message. Idempotent: every applied fact is in its account's ledger, written with its effect.</summary>
    /// <param name="text">The message as it came from the queue.</param>
    /// <param name="cancellationToken">Gives up between two accounts.</param>
    /// <exception cref="MessageUnreadableException">It is not a message of facts.</exception>
    /// <exception cref="AccountsFailedException">The facts of some accounts could not be applied; all others' were.</exception>
    public async Task<RecomputeResult> ApplyAsync(string text, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("recompute");
        var (message, facts) = FactsCodec.Read(text);
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var votes = await published.OfAsync(facts.Select(ActorOf).OfType<AccountId>().Select(keys.Hasher.KeyOf), cancellationToken);
        await JournalAsync(message, [.. facts.Where(f => f.About is null)], cancellationToken);
        var applier = new FactApplier(new AccountStore(deployment.Accounts, keys), locks, concurrency, votes, message.ReceivedAt);
        var outcomes = await ApplyAsync(applier, keys.Hasher, facts, cancellationToken);
        var result = outcomes.Where(o => o.Failure is null).Aggregate(new RecomputeResult(0, 0, 0, 0), (sum, o) => sum.And(o.Result));
        Applied(logger, message.Id, result.Accounts, result.Applied, result.Known, result.Refused);
        if (result.Refused > 0)
            RefusedAfterAll(logger, message.Id, result.Refused);
        ThrowFailures(message, outcomes, cancellationToken);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => locks.Dispose();

    // Every account gets its turn, also when another fails.
    private async Task<Outcome[]> ApplyAsync(
        FactApplier applier,
        KeyHasher hasher,
        IReadOnlyList<Fact> facts,
        CancellationToken cancellationToken
    )
    {
        using var places = new SemaphoreSlim(options.Value.AccountsAtATime);
        return await Task.WhenAll(facts.Where(f => f.About is not null).GroupBy(f => f.About!.Value).Select(ApplyOneAsync));

        async Task<Outcome> ApplyOneAsync(IGrouping<AccountId, Fact> group)
        {
            var (key, ofAccount) = (hasher.KeyOf(group.Key), group.ToList());
            await places.WaitAsync(cancellationToken);
            try
            {
                return new Outcome(key, ofAccount, await applier.ApplyAsync(group.Key, key, ofAccount, cancellationToken), null);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                return new Outcome(key, ofAccount, new RecomputeResult(0, 0, 0, 0), e);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private static void ThrowFailures(FactsMessage message, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        Outcome[] failed = [.. outcomes.Where(o => o.Failure is not null)];
        if (failed.Length == 0)
            return;
        // Then nothing is known of these accounts, and the whole message comes again.
        if (Array.Find(failed, o => StorageFailure.IsTryLater(o.Failure!, cancellationToken)) is { Failure: { } later })
            ExceptionDispatchInfo.Throw(later);
        throw new AccountsFailedException([.. failed.Select(FailedOf)], outcomes.Length);

        FailedAccount FailedOf(Outcome o) =>
            new(
                [
                    .. FactsCodec.Write(
                        o.Facts,
                        message.ReceivedAt,
                        string.Create(CultureInfo.InvariantCulture, $"{message.Id}.{o.Key:x16}")
                    ),
                ],
                o.Failure!
            );
    }

    private static AccountId? ActorOf(Fact fact) =>
        fact switch
        {
            Interaction i => i.Actor,
            Undo u => u.Original.Actor,
            _ => null,
        };

    // A post changes nobody's score. It is kept for the style of its author, in one row per message.
    private async Task JournalAsync(FactsMessage message, List<Fact> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0)
            return;
        var day = DateTimeOffset.FromUnixTimeSeconds(message.ReceivedAt).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var row = new TableEntity(day, message.Id)
        {
            ["V"] = 1,
            ["Facts"] = Encoding.UTF8.GetBytes(FactsCodec.Write(posts, message.ReceivedAt).Single()),
        };
        await deployment.Journal.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "Message {Id}: {Accounts} accounts, {Applied} facts applied, {Known} known, {Refused} refused."
    )]
    private static partial void Applied(ILogger logger, string id, int accounts, int applied, int known, int refused);

    // They waited until the ledger forgot their day, as a dead letter that is queued again much later does.
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Message {Id}: {Refused} facts were refused that had been accepted: they waited too long to be known as new."
    )]
    private static partial void RefusedAfterAll(ILogger logger, string id, int refused);

    private sealed record Outcome(ulong Key, IReadOnlyList<Fact> Facts, RecomputeResult Result, Exception? Failure);
}
