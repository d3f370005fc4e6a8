namespace Influence.Pipeline.Recompute;

/// <summary>What a message of facts came to.</summary>
/// <param name="Accounts">How many accounts it was about.</param>
/// <param name="Applied">Facts that were new.</param>
/// <param name="Known">Facts that changed nothing: repeated, outdated or undone.</param>
/// <param name="Refused">Facts that break a rule: they waited too long, or came onto the queue by other means than the API.</param>
public sealed record RecomputeResult(int Accounts, int Applied, int Known, int Refused)
{
    internal static RecomputeResult Of(AppliedFacts applied)
    {
        var known = applied.Count(FactEffect.AlreadyKnown) + applied.Count(FactEffect.Undone);
        return new RecomputeResult(1, applied.Count(FactEffect.New), known, applied.Count(FactEffect.Refused));
    }

    internal RecomputeResult And(RecomputeResult other) =>
        new(Accounts + other.Accounts, Applied + other.Applied, Known + other.Known, Refused + other.Refused);
}

/// <summary>An account whose facts could not be applied.</summary>
/// <param name="Messages">Its facts alone, as messages that can be queued again; the same text each time.</param>
/// <param name="Cause">Why.</param>
public sealed record FailedAccount(IReadOnlyList<string> Messages, Exception Cause);

/// <summary>Some accounts' facts of a message could not be applied; all others' were.</summary>
/// <param name="accounts">The accounts, at least one.</param>
/// <param name="all">How many accounts the message was about.</param>
public sealed class AccountsFailedException(IReadOnlyList<FailedAccount> accounts, int all)
    : Exception(
        $"The facts of {accounts.Count} of {all} accounts could not be applied, for one because: {accounts[0].Cause.Message}",
        accounts[0].Cause
    )
{
    /// <summary>The accounts.</summary>
    public IReadOnlyList<FailedAccount> Accounts => accounts;
}

/// <summary>An account has grown over what a table row or a transaction holds, even for one fact more.</summary>
public sealed class AccountTooLargeException() : Exception("An account is too large to be written, even with one fact at a time.");
