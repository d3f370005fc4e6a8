using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The state of one account: the sums its score is read from, and the pages behind them. Immutable.</summary>
/// <remarks>
/// Change it with <see cref="AccountUpdate.Apply"/> and <see cref="AccountRecompute.Recompute"/>; store it with <see cref="StatePacking"/>.
/// </remarks>
public sealed record AccountState
{
    internal AccountState(AccountId account, ScoringPolicy policy, KeyHasher keys) =>
        (Account, Policy, Keys, Key) = (account, policy, keys, keys.KeyOf(account));

    /// <summary>Whose state it is.</summary>
    public AccountId Account { get; }

    /// <summary>The policy it was made under.</summary>
    public ScoringPolicy Policy { get; internal init; }

    /// <summary>The sums, as of the latest fact.</summary>
    public Totals Totals { get; internal init; }

    /// <summary>Which part of V_people comes by which type, topic and community, as of the last settlement.</summary>
    public PeopleShares Shares { get; init; } = PeopleShares.None;

    /// <summary>Whether it counts as a person.</summary>
    public Standing Standing { get; init; }

    /// <summary>The sums at the end of past days.</summary>
    public History History { get; internal init; } = History.Empty;

    /// <summary>How many days (UTC) of those remembered have facts.</summary>
    public int ActiveDays => Ledger.Days.Count;

    /// <summary>The at most 20 people who count most, heaviest first.</summary>
    public ImmutableArray<Person> TopPeople => [.. KeptPeople.Take(State.TopPeople.Shown)];

    /// <summary>Whether all pages of its ledger are here.</summary>
    public bool IsLedgerLoaded => Ledger.Days.Values.All(day => day.Pages.ToArray().All(p => p.IsLoaded));

    internal KeyHasher Keys { get; }

    /// <summary>Its key: what pages and votes call it.</summary>
    public ulong Key { get; }

    internal ImmutableArray<Person> KeptPeople { get; init; } = [];

    internal PageSet<Tie> Ties { get; init; } = PageSet<Tie>.Empty;

    internal Ledger Ledger { get; init; } = Ledger.Empty;

    internal PageSet<UndoneEntry> Undone { get; init; } = PageSet<UndoneEntry>.Empty;

    /// <summary>The state of an account that nothing is known of.</summary>
    public static AccountState Empty(AccountId account, ScoringPolicy policy, KeyHasher keys) => new(account, policy, keys);

    /// <summary>The score's inputs at a moment (Unix seconds), from the sums alone: no page is needed.</summary>
    public ScoreInputs InputsAt(long moment) => ScoreInputs.At(moment, Totals, Policy);

    /// <summary>The score's inputs at the end of a past or present day (days since 1970-01-01 UTC).</summary>
    /// <remarks>From what was known by then: facts of later days do not count.</remarks>
    public ScoreInputs InputsAtEndOf(int day)
    {
        var end = (day + 1L) * ScoringPolicy.Day;
        return Ledger.DayOf(Totals.AsOf) <= day ? InputsAt(end) : History.InputsAt(end, Policy) ?? default;
    }

    /// <summary>The score at a moment (Unix seconds), from the sums alone: no page is needed.</summary>
    public Score ScoreAt(long moment) => Score.Of(InputsAt(moment), Policy);
}
