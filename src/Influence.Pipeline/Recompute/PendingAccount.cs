namespace Influence.Pipeline.Recompute;

/// <summary>An account on its way through a group commit.</summary>
/// <param name="account">The account.</param>
/// <param name="units">The units that have facts about it, in the order they came.</param>
internal sealed class PendingAccount(AccountId account, IReadOnlyList<FactUnit> units)
{
    private readonly List<RecomputeResult> results = [];

    public AccountId Account => account;

    public IReadOnlyList<FactUnit> Units => units;

    /// <summary>The pages of a state that its facts touch.</summary>
    public IReadOnlyCollection<PageName> NeedsOf(AccountState state) =>
        [.. units.SelectMany(u => PageNeeds.Of(state, u.Accounts[account], u.Origin.IsImport)).Distinct()];

    /// <summary>The account as it was read, remembered or guessed; null where it is to be loaded.</summary>
    public AccountDocument? Before { get; set; }

    /// <summary>Whether it was taken for new, unread.</summary>
    public bool IsGuess { get; set; }

    /// <summary>Whether it is to be read, whatever the cache says.</summary>
    public bool MustRead { get; private set; }

    public bool IsAlone { get; private set; }

    public bool IsDone { get; set; }

    public int Refusals { get; private set; }

    /// <summary>The account as its facts make it; null where there is nothing to write.</summary>
    public AccountState? Change { get; private set; }

    /// <summary>What is to be written.</summary>
    public AccountChange? Built { get; private set; }

    /// <summary>Applies the facts of its units, one unit after the other.</summary>
    public void Decide()
    {
        results.Clear();
        Change = null;
        var state = Before!.State;
        foreach (var unit in units)
        {
            var applied = unit.Apply(state);
            results.Add(RecomputeResult.Of(applied));
            state = applied.State;
        }

        if (ReferenceEquals(state, Before.State))
            Complete();
        else
            Change = state;
    }

    public void Build(AccountKeys keys) => Built = AccountRow.Change(Before!, Change!, keys);

    /// <summary>Its facts are stored.</summary>
    public void Complete()
    {
        for (var i = 0; i < units.Count; i++)
            units[i].Complete(account, results[i]);
        Change = null;
        IsDone = true;
    }

    public void Fail(Exception failure)
    {
        foreach (var unit in units)
            unit.Fail(account, failure);
        Change = null;
        IsDone = true;
    }

    /// <summary>A write of its group was refused.</summary>
    /// <param name="before">The account where it still stands; null where it is to be read and decided anew.</param>
    public void Refused(AccountDocument? before)
    {
        Refusals++;
        Change = null;
        Before = before;
        MustRead = MustRead || before is null;
    }

    public void GoAlone()
    {
        Change = null;
        IsAlone = true;
    }
}
