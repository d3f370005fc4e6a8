using System.Collections.Immutable;

namespace Influence.Scoring.Explain;

/// <summary>A profile at a moment: one account, or several that are linked. All from their summaries; no page is needed.</summary>
/// <param name="Accounts">The accounts, at least one; the first names the profile.</param>
/// <param name="Moment">The moment, Unix seconds.</param>
public sealed record ProfileView(ImmutableArray<AccountState> Accounts, long Moment)
{
    private const int RecentDays = 30;

    /// <summary>How many of the people who count most are shown.</summary>
    public const int MaxPeople = State.TopPeople.Shown;

    /// <summary>The latest display name that facts told of any account; null for none.</summary>
    public string? Name =>
        Accounts
            .Where(a => a.Name is not null)
            .OrderByDescending(a => a.NameAt)
            .ThenByDescending(a => a.Name, StringComparer.Ordinal)
            .Select(a => a.Name)
            .FirstOrDefault();

    /// <summary>The policy scored under.</summary>
    public ScoringPolicy Policy => Accounts[0].Policy;

    /// <summary>Today, days since 1970-01-01 UTC.</summary>
    public int Today => Ledger.DayOf(Moment);

    /// <summary>The inputs now: the sums over the accounts.</summary>
    public ScoreInputs Inputs => Sum(Accounts.Select(a => a.InputsAt(Moment)));

    /// <summary>The score now.</summary>
    public Score Score => Score.Of(Inputs, Policy);

    /// <summary>What the score would be without the person who counts most.</summary>
    public double ScoreWithoutTop => Policy.ScoreOf(Math.Max(0, Inputs.Influence - TopPeople.Select(p => p.Tie).FirstOrDefault()));

    /// <summary>V at the end of the day 7 days ago, as known then.</summary>
    public double InfluenceAWeekAgo => KnownAtEndOf(Today - 7).Influence;

    /// <summary>The latest moment of any fact, Unix seconds; 0 for none.</summary>
    public long AsOf => Accounts.Max(a => a.Totals.AsOf);

    /// <summary>How many people the score rests on.</summary>
    public long People => Accounts.Sum(a => a.Totals.People - (a.Link?.Inner.Length ?? 0));

    /// <summary>How many of them engaged within the last 30 days.</summary>
    public int RecentPeople =>
        Accounts.Sum(a =>
            a.PeopleSince(Today - RecentDays + 1) - (a.Link?.Inner.Count(p => Ledger.DayOf(p.Last) > Today - RecentDays) ?? 0)
        );

    /// <summary>How many interactions it rests on.</summary>
    public long Interactions => Accounts.Sum(a => a.Totals.Interactions);

    /// <summary>How many days (UTC) have facts.</summary>
    public int Days => Accounts.SelectMany(a => a.Ledger.Days.Keys).Distinct().Count();

    /// <summary>The at most 20 people who count most, heaviest first, each once for all accounts.</summary>
    public IReadOnlyList<(AccountId Account, double Tie, ImmutableArray<Person> Ties)> TopPeople =>
        [
            .. Accounts
                .SelectMany(a => a.TopPeople)
                .GroupBy(p => p.Account)
                .Select(g => (g.Key, Tie: g.Sum(p => p.TieAt(Moment, Policy)), g.ToImmutableArray()))
                .OrderByDescending(p => p.Tie)
                .ThenBy(p => p.Key)
                .Take(MaxPeople),
        ];

    /// <summary>The account that was active most itself: a style is one account's.</summary>
    public AccountState StyledAccount => Accounts.MaxBy(a => a.Style?.ActiveDays ?? 0)!;

    /// <summary>Who the audience is made of, as of the last settlement; null before it.</summary>
    public AudienceMakeup? Makeup => AudienceMakeup.Of(Accounts, Moment);

    /// <summary>The inputs at the end of a past day (since 1970-01-01 UTC), as known then.</summary>
    public ScoreInputs KnownAtEndOf(int day) => Sum(Accounts.Select(a => a.KnownAtEndOf(day)));

    /// <summary>The score at the end of a past day, under the policy of then.</summary>
    public Score ScoreAtEndOf(int day) => Score.Of(KnownAtEndOf(day), Accounts[0].PolicyAt((day + 1L) * ScoringPolicy.Day));

    /// <summary>Whether facts of a day are part of the history; else the day is the one before it, faded.</summary>
    public bool HasFactsOf(int day) => Accounts.Any(a => a.History.LatestBy(day)?.Day == day);

    /// <summary>The first day that anything is known of, days since 1970-01-01 UTC; null for nothing.</summary>
    public int? FirstDay => Accounts.SelectMany(a => a.History.Days.Take(1)).Select(d => (int?)d.Day).Min();

    /// <summary>Why the score is not what it was at the end of a past day; the parts sum to the change.</summary>
    /// <param name="day">The day, days since 1970-01-01 UTC.</param>
    public ScoreChange ChangeSince(int day)
    {
        var before = Accounts.Select(a => new Stand(a.KnownAtEndOf(day), a.SettledAtEndOf(day))).ToArray();
        var now = Accounts.Select(a => new Stand(a.InputsAt(Moment), a.Totals.Settled)).ToArray();
        if (ChangeoverSince(day) is not { } change)
            return Between(before, now, Policy);
        var (old, then) = (ScoringPolicy.Find(change.From) ?? Policy, change.At);
        var last = Accounts
            .Select(a => new Stand(a.Changeover?.Before ?? a.KnownAtEndOf(Ledger.DayOf(then)), SettledAt(a, then)))
            .ToArray();
        var first = Accounts.Zip(last, (a, l) => l with { Inputs = a.Changeover?.After ?? l.Inputs }).ToArray();
        return Between(before, last, old)
            + ScoreChange.OfPolicy(old.ScoreOf(Total(last).Influence), Policy.ScoreOf(Total(first).Influence))
            + Between(first, now, Policy);
    }

    /// <summary>The change of policy between the end of a day and now; null for none.</summary>
    public PolicyChangeover? ChangeoverSince(int day) =>
        Accounts.Select(a => a.Changeover).FirstOrDefault(c => c is not null && c.At >= (day + 1L) * ScoringPolicy.Day);

    /// <summary>What settlements since the end of a day did to V_people of each account, in their order.</summary>
    public IReadOnlyList<double> SettledSince(int day) => [.. Accounts.Select(a => a.Totals.Settled - a.SettledAtEndOf(day))];

    /// <summary>V_people's parts over all accounts, by type, topic or community. With "other"; they sum to 1 where there is any.</summary>
    /// <param name="family">Which parts of an account.</param>
    public IReadOnlyDictionary<string, double> SharesBy(Func<PeopleShares, IReadOnlyDictionary<string, double>> family)
    {
        var parts =
            from account in Accounts
            let people = account.InputsAt(Moment).People
            from part in family(account.Shares)
            where part.Key != Shares.Other
            group part.Value * people by part.Key into named
            select KeyValuePair.Create(named.Key, named.Sum());
        return Accounts.All(a => ReferenceEquals(a.Shares, PeopleShares.None)) ? Shares.Of([], 0) : Shares.Of(parts, Inputs.People);
    }

    private static double SettledAt(AccountState account, long moment) =>
        account.Changeover is null ? account.SettledAtEndOf(Ledger.DayOf(moment)) : account.SettledAtEndOf(Ledger.DayOf(moment) - 1);

    private static ScoreChange Between(Stand[] before, Stand[] after, ScoringPolicy policy) =>
        ScoreChange.Between(
            Total(before),
            Total(after),
            policy,
            before.Zip(after, (b, a) => ScoreChange.SettledInfluence(b.Inputs.People, a.Inputs.People, a.Settled - b.Settled)).Sum()
        );

    private static ScoreInputs Total(IEnumerable<Stand> stands) => Sum(stands.Select(s => s.Inputs));

    private static ScoreInputs Sum(IEnumerable<ScoreInputs> inputs) => inputs.Aggregate(default(ScoreInputs), (sum, i) => sum + i);

    private readonly record struct Stand(ScoreInputs Inputs, double Settled);
}
