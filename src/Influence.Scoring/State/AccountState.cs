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

    /// <summary>How the account is shown, by the latest fact that says; null where none does.</summary>
    public string? Name { get; internal init; }

    /// <summary>The moment of that fact, Unix seconds; 0 for none.</summary>
    public long NameAt { get; internal init; }

    /// <summary>The sums, as of the latest fact.</summary>
    public Totals Totals { get; internal init; }

    /// <summary>Which part of V_people comes by which type, topic and community, as of the last settlement.</summary>
    public PeopleShares Shares { get; init; } = PeopleShares.None;

    /// <summary>How it took part itself in the 28 days up to the last settlement; null where it did nothing.</summary>
    public Style? Style { get; init; }

    /// <summary>How many of its <see cref="TopPeople"/> it engaged in those days, 0–20.</summary>
    public int EngagesBack { get; init; }

    /// <summary>Who its audience is made of, as of the last settlement; null before it.</summary>
    public AudienceMakeup? Makeup { get; init; }

    /// <summary>Whether it counts as a person.</summary>
    public Standing Standing { get; init; }

    /// <summary>The sums at the end of past days.</summary>
    public History History { get; internal init; } = History.Empty;

    /// <summary>The profile that it is linked into; null for an account by itself.</summary>
    public ProfileLink? Link { get; internal init; }

    /// <summary>The change of policy that it went through last; null for none.</summary>
    public PolicyChangeover? Changeover { get; internal init; }

    /// <summary>How many days (UTC) of those remembered have facts.</summary>
    public int ActiveDays => Ledger.Days.Count;

    /// <summary>The at most 20 people who count most, heaviest first.</summary>
    public ImmutableArray<Person> TopPeople => [.. KeptPeople.Where(p => !IsFellow(p.Account)).Take(State.TopPeople.Shown)];

    /// <summary>The day of its first fact, days since 1970-01-01 UTC; null where that is not known.</summary>
    /// <remarks>There is none, or the ledger has forgotten days.</remarks>
    public int? FirstDay => Ledger.Since == 0 && !Ledger.Days.IsEmpty ? Ledger.Days.Keys.First() : null;

    /// <summary>Whether all pages of its ledger are here.</summary>
    public bool IsLedgerLoaded => Ledger.Days.Values.All(day => day.Pages.ToArray().All(p => p.IsLoaded));

    internal KeyHasher Keys { get; }

    /// <summary>Its key: what pages and votes call it.</summary>
    public ulong Key { get; }

    internal ImmutableArray<Person> KeptPeople { get; init; } = [];

    internal PeopleByDay PeopleByDay { get; init; } = PeopleByDay.None;

    internal PageSet<Tie> Ties { get; init; } = PageSet<Tie>.Empty;

    internal Ledger Ledger { get; init; } = Ledger.Empty;

    internal PageSet<UndoneEntry> Undone { get; init; } = PageSet<UndoneEntry>.Empty;

    /// <summary>The state of an account that nothing is known of.</summary>
    public static AccountState Empty(AccountId account, ScoringPolicy policy, KeyHasher keys) => new(account, policy, keys);

    /// <summary>How many people were last heard of on a day (since 1970-01-01 UTC) or later.</summary>
    public int PeopleSince(int day) => PeopleByDay.Since(day);

    /// <summary>The same under a name that was seen at a moment, unless the one it has is later.</summary>
    internal AccountState WithName(string name, long at) =>
        DisplayName.Replaces(name, at, Name, NameAt) ? this with { Name = name, NameAt = at } : this;

    /// <summary>With all that a settlement measured of an account beside its score, and the name it found.</summary>
    /// <param name="measured">The same account as the settlement measured it.</param>
    public AccountState WithMeasuresOf(AccountState measured) =>
        (measured.Name is { } name ? WithName(name, measured.NameAt) : this) with
        {
            Shares = measured.Shares,
            Style = measured.Style,
            EngagesBack = measured.EngagesBack,
            Makeup = measured.Makeup,
        };

    /// <summary>Whether any of some actors is among the people that it keeps by name.</summary>
    /// <param name="isOne">Tells an actor by its key.</param>
    public bool Names(Func<ulong, bool> isOne) => KeptPeople.Any(p => isOne(Keys.KeyOf(p.Account)));

    /// <summary>Without the names of some actors; their ties stay, by key.</summary>
    /// <param name="isGone">Tells an actor by its key.</param>
    public AccountState WithoutNames(Func<ulong, bool> isGone) =>
        Names(isGone) ? this with { KeptPeople = [.. KeptPeople.Where(p => !isGone(Keys.KeyOf(p.Account)))] } : this;

    /// <summary>The score's inputs at a moment (Unix seconds), from the sums alone: no page is needed.</summary>
    /// <remarks>While it is linked, without what the profile's other accounts gave it.</remarks>
    public ScoreInputs InputsAt(long moment)
    {
        var inputs = ScoreInputs.At(moment, Totals, Policy);
        return Link is null ? inputs : inputs.Without(Link.InnerAt(moment, Policy));
    }

    /// <summary>The score's inputs at the end of a past or present day (days since 1970-01-01 UTC).</summary>
    /// <remarks>From what was known by then: facts of later days do not count.</remarks>
    public ScoreInputs InputsAtEndOf(int day)
    {
        var end = (day + 1L) * ScoringPolicy.Day;
        if (Ledger.DayOf(Totals.AsOf) <= day && !(end <= Changeover?.At))
            return InputsAt(end);
        return FromHistory(end);
    }

    /// <summary>The same as it was shown then: votes that settled after the day do not count either.</summary>
    public ScoreInputs KnownAtEndOf(int day) => IsOverAt(day) ? FromHistory((day + 1L) * ScoringPolicy.Day) : InputsAtEndOf(day);

    /// <summary>The policy that it was scored under at a moment (Unix seconds).</summary>
    public ScoringPolicy PolicyAt(long moment) =>
        Changeover is { } change && moment <= change.At ? ScoringPolicy.Find(change.From) ?? Policy : Policy;

    /// <summary>Σ ln(V_people after / before) over the settlements by the end of a day. Those of later days do not count.</summary>
    public double SettledAtEndOf(int day) => IsOverAt(day) ? History.LatestBy(day)?.Settled ?? 0 : Totals.Settled;

    /// <summary>The score at a moment (Unix seconds), from the sums alone: no page is needed.</summary>
    public Score ScoreAt(long moment) => Score.Of(InputsAt(moment), Policy);

    // Facts or a settlement wrote after the day.
    private bool IsOverAt(int day) => History.Days is [.., var last] && last.Day > day;

    private ScoreInputs FromHistory(long end)
    {
        var policy = PolicyAt(end);
        var inputs = History.InputsAt(end, policy) ?? default;
        return Link?.Past.InputsAt(end, policy) is { } inner ? inputs.Without(inner, DayTotals.Rounding) : inputs;
    }

    private bool IsFellow(AccountId account) => Link?.Accounts.Contains(account) == true;
}
