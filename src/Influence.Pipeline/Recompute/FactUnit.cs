using System.Diagnostics;
using Activity = System.Diagnostics.Activity;

namespace Influence.Pipeline.Recompute;

/// <summary>What one message brings to the accounts of one partition.</summary>
/// <param name="accounts">The facts by account, at least one account.</param>
/// <param name="votes">The votes in force when the message came.</param>
/// <param name="origin">How the facts came in.</param>
internal sealed class FactUnit(IReadOnlyDictionary<AccountId, IReadOnlyList<Fact>> accounts, IVotes votes, FactOrigin origin)
{
    private readonly Lock gate = new();
    private readonly Dictionary<AccountId, AccountOutcome> outcomes = [];
    private readonly TaskCompletionSource<IReadOnlyDictionary<AccountId, AccountOutcome>> done = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public IReadOnlyDictionary<AccountId, IReadOnlyList<Fact>> Accounts => accounts;

    public IVotes Votes => votes;

    public FactOrigin Origin => origin;

    /// <summary>The span of the message; null where nobody traces.</summary>
    public ActivityContext? Span { get; } = Activity.Current?.Context;

    /// <summary>Whether somebody commits it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>What became of each account's facts, once all have an outcome.</summary>
    public Task<IReadOnlyDictionary<AccountId, AccountOutcome>> Outcomes => done.Task;

    /// <summary>Notes that an account's facts are applied and stored.</summary>
    public void Complete(AccountId account, RecomputeResult result) => Note(account, new AccountOutcome(result, null));

    /// <summary>Notes that an account's facts could not be applied.</summary>
    public void Fail(AccountId account, Exception failure) => Note(account, new AccountOutcome(new RecomputeResult(0, 0, 0, 0), failure));

    /// <summary>Notes a failure for every account that has no outcome yet.</summary>
    public void FailRest(Exception failure)
    {
        foreach (var account in accounts.Keys)
            Fail(account, failure);
    }

    /// <summary>Applies the unit's facts about an account to its state. Pure.</summary>
    public AppliedFacts Apply(AccountState state) =>
        AccountUpdate.Apply(state, accounts[state.Account], votes, origin.ReceivedAt, origin.IsImport);

    // The first outcome stands.
    private void Note(AccountId account, AccountOutcome outcome)
    {
        lock (gate)
            if (!outcomes.TryAdd(account, outcome) || outcomes.Count < accounts.Count)
                return;
        done.TrySetResult(outcomes);
    }
}

/// <summary>What became of an account's facts.</summary>
/// <param name="Result">How many were applied; of nothing where it failed.</param>
/// <param name="Failure">Why they could not be applied; null where they were.</param>
internal sealed record AccountOutcome(RecomputeResult Result, Exception? Failure);
