using System.Globalization;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Recompute;

/// <summary>
/// Applies messages of facts to the accounts they are about.
/// Several messages go at once where they wait for each other.
/// </summary>
public sealed partial class ScoreRecomputer
{
    private readonly Deployment deployment;
    private readonly CurrentVotes published;
    private readonly AccountWriter accounts;
    private readonly Suppression suppression;
    private readonly ActivityJournal journal;
    private readonly TimeProvider clock;
    private readonly ILogger<ScoreRecomputer> logger;

    internal ScoreRecomputer(
        Deployment deployment,
        CurrentVotes published,
        AccountWriter accounts,
        Suppression suppression,
        TimeProvider clock,
        ILogger<ScoreRecomputer> logger
    )
    {
        (this.deployment, this.published, this.accounts) = (deployment, published, accounts);
        (this.suppression, this.clock, this.logger) = (suppression, clock, logger);
        journal = new ActivityJournal(deployment.Journal);
    }

    /// <summary>Applies a message. Idempotent: every applied fact is in its account's ledger, written with its effect.</summary>
    /// <param name="text">The message as it came from the queue.</param>
    /// <param name="cancellationToken">Gives up between two accounts.</param>
    /// <exception cref="MessageUnreadableException">It is not a message of facts.</exception>
    /// <exception cref="AccountsFailedException">The facts of some accounts could not be applied; all others' were.</exception>
    public async Task<RecomputeResult> ApplyAsync(string text, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("recompute");
        var (message, facts) = FactsCodec.Read(text);
        using var span = PipelineTraces.Process(QueueNames.Interactions, message.TraceParent)?.SetTag("influence.facts", facts.Count);
        try
        {
            return await ApplyAsync(message, facts, cancellationToken);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    private async Task<RecomputeResult> ApplyAsync(FactsMessage message, IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        // What was taken in before its account was erased.
        var erased = await suppression.CurrentAsync(cancellationToken);
        if (!erased.IsEmpty)
            facts = [.. facts.Where(f => erased.Refuse(f) is null)];
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var votes = await published.OfAsync(facts.Select(ActorOf).OfType<AccountId>().Select(keys.Hasher.KeyOf), cancellationToken);
        // Before any effect: once the message is done, what its actors did is noted.
        await journal.AddAsync(message, facts, keys.Hasher, cancellationToken);
        List<Fact> about = [.. facts.Where(f => f.About is not null)];
        var outcomes = await accounts.ApplyAsync(about, votes, message.OriginOf(), cancellationToken);
        var result = outcomes
            .Values.Where(o => o.Failure is null)
            .Aggregate(new RecomputeResult(0, 0, 0, 0), (sum, o) => sum.And(o.Result));
        Applied(logger, message.Id, result.Accounts, result.Applied, result.Known, result.Refused);
        PipelineMetrics.Processed(result, clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(message.ReceivedAt));
        if (result.Refused > 0)
            RefusedAfterAll(logger, message.Id, result.Refused);
        ThrowFailures(message, about, outcomes, keys.Hasher, cancellationToken);
        return result;
    }

    private static void ThrowFailures(
        FactsMessage message,
        List<Fact> facts,
        IReadOnlyDictionary<AccountId, AccountOutcome> outcomes,
        KeyHasher hasher,
        CancellationToken cancellationToken
    )
    {
        var failed = outcomes.Where(o => o.Value.Failure is not null).ToDictionary(o => o.Key, o => o.Value.Failure!);
        if (failed.Count == 0)
            return;
        // Then nothing is known of these accounts, and the whole message comes again.
        if (failed.Values.FirstOrDefault(e => StorageFailure.IsTryLater(e, cancellationToken)) is { } later)
            ExceptionDispatchInfo.Throw(later);
        var byAccount = facts.ToLookup(f => f.About!.Value);
        throw new AccountsFailedException([.. failed.Select(f => FailedOf(f.Key, f.Value))], outcomes.Count);

        FailedAccount FailedOf(AccountId account, Exception failure)
        {
            // A letter that is retried and fails again is the same letter.
            var part = string.Create(CultureInfo.InvariantCulture, $".{hasher.KeyOf(account):x16}");
            var id = message.Id.EndsWith(part, StringComparison.Ordinal) ? message.Id : message.Id + part;
            var texts = FactsCodec.Write([.. byAccount[account]], message.OriginOf(), id, message.TraceParent);
            return new FailedAccount([.. texts], failure);
        }
    }

    private static AccountId? ActorOf(Fact fact) =>
        fact switch
        {
            Interaction i => i.Actor,
            Undo u => u.Original.Actor,
            _ => null,
        };

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
}
