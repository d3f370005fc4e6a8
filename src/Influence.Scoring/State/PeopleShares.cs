using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>Which part of V_people comes by which type, topic and community, as of the last settlement.</summary>
/// <remarks>
/// Each person's tie is divided among them as that person's own faded points are in the ledger (docs/scoring.md, "Explaining it"), so that
/// a thousand quotes of one account move no more than that account's tie. What is older than the ledger belongs to none of them. Parts are
/// 0–1; those of a family sum to at most 1, the rest is "other". Between two settlements they stand.
/// </remarks>
/// <param name="ByType">The part of each <see cref="InteractionType"/>; index 0 is unused.</param>
/// <param name="Topics">
/// The part of each topic, at most <see cref="Kept"/>; an interaction's points are split equally among its topics.
/// </param>
/// <param name="Communities">The part of each community, at most <see cref="Kept"/>.</param>
public sealed record PeopleShares(
    ImmutableArray<double> ByType,
    ImmutableSortedDictionary<string, double> Topics,
    ImmutableSortedDictionary<string, double> Communities
)
{
    /// <summary>How many slots <see cref="ByType"/> has: one for each type, and the unused 0.</summary>
    public const int Types = 10;

    /// <summary>How many topics and communities are kept, those of the largest parts.</summary>
    public const int Kept = 16;

    internal static ImmutableSortedDictionary<string, double> NoNames { get; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Before the first settlement, and for nobody's engagement.</summary>
    public static PeopleShares None { get; } = new([.. new double[Types]], NoNames, NoNames);

    /// <summary>The parts by type with "other" for the rest; together 1, or nothing before the first settlement.</summary>
    public IReadOnlyDictionary<string, double> SharesByType =>
        Whole(
            Enumerable.Range(1, Types - 1).Select(t => KeyValuePair.Create(((InteractionType)t).ToString().ToLowerInvariant(), ByType[t]))
        );

    /// <summary>The parts by topic with "other" for the rest; together 1, or nothing before the first settlement.</summary>
    public IReadOnlyDictionary<string, double> SharesByTopic => Whole(Topics);

    /// <summary>The parts by community, as those by topic.</summary>
    public IReadOnlyDictionary<string, double> SharesByCommunity => Whole(Communities);

    /// <summary>The shares of an account whose ties and ledger are loaded.</summary>
    /// <param name="state">The account.</param>
    /// <param name="votes">The votes; null for those that the ties have.</param>
    /// <param name="at">The moment, Unix seconds: decides which ties have been silent for too long.</param>
    /// <exception cref="PageNotLoadedException">A page of ties or of the ledger is not loaded.</exception>
    public static PeopleShares Of(AccountState state, IVotes? votes, long at)
    {
        if (state.Ties.IsEmpty)
            return None;
        var tally = new ShareTally(state, votes, at);
        foreach (var day in state.Ledger.Days.Values)
        foreach (var page in day.Pages)
            tally.Add(page);
        return tally.ToShares();
    }

    /// <summary>The largest difference of any part from another's, 0–1.</summary>
    public double DifferenceFrom(PeopleShares other)
    {
        var largest = ByType.Zip(other.ByType, (a, b) => Math.Abs(a - b)).Max();
        return Math.Max(largest, Math.Max(Difference(Topics, other.Topics), Difference(Communities, other.Communities)));
    }

    private IReadOnlyDictionary<string, double> Whole(IEnumerable<KeyValuePair<string, double>> parts) =>
        ReferenceEquals(this, None) ? Shares.Of([], 0) : Shares.Of(parts, 1);

    private static double Difference(ImmutableSortedDictionary<string, double> these, ImmutableSortedDictionary<string, double> others)
    {
        var largest = 0.0;
        foreach (var (name, part) in these)
            largest = Math.Max(largest, Math.Abs(part - others.GetValueOrDefault(name)));
        foreach (var (name, part) in others)
            if (!these.ContainsKey(name))
                largest = Math.Max(largest, part);
        return largest;
    }
}

/// <summary><see cref="PeopleShares"/> while the ledger of an account is read, page by page.</summary>
internal sealed class ShareTally
{
    private readonly ScoringPolicy policy;
    private readonly ulong[] actors;
    private readonly (double PerPoint, long Last)[] ties;
    private readonly int count;
    private readonly double whole;
    private readonly double[] byType = new double[PeopleShares.Types];

    // An account has few contexts in all, and those of one page come one after the other: no hashing is quicker.
    private readonly List<(FactContext Context, double Sum)> byContext = [];

    public ShareTally(AccountState state, IVotes? votes, long at)
    {
        policy = state.Policy;
        var most = 0;
        foreach (var page in state.Ties.Pages)
            most += page.Count;
        (actors, ties) = (new ulong[most], new (double, long)[most]);
        foreach (var tie in state.Ties.Records())
        {
            if (tie.IsSilentAt(at, policy) || state.Link?.IsFellow(tie.Actor) == true)
                continue;
            var part = (votes?.Of(tie.Actor) ?? tie.Vote) * tie.WeightAt(at, policy);
            whole += part;
            (actors[count], ties[count]) = (tie.Actor, (part / tie.Points, tie.Last));
            count++;
        }
    }

    public void Add(PackedPage<LedgerEntry> page)
    {
        var first = byContext.Count;
        for (var i = 0; i < page.Count; i++)
        {
            var entry = page[i];
            if (entry.IsIncrement || Array.BinarySearch(actors, 0, count, entry.Actor) is not (>= 0 and var index))
                continue;
            var (perPoint, last) = ties[index];
            var part = perPoint * policy.PointsOf(entry.Type) * policy.Fade(last - entry.At);
            byType[(int)entry.Type] += part;
            if (!ReferenceEquals(entry.Context, FactContext.None))
                Add(entry.Context, part, first);
        }
    }

    public PeopleShares ToShares()
    {
        if (!(whole > 0))
            return PeopleShares.None;
        for (var type = 0; type < byType.Length; type++)
            byType[type] = PartOf(byType[type]);
        Dictionary<string, double>? topics = null;
        Dictionary<string, double>? communities = null;
        foreach (var (context, sum) in byContext)
        {
            foreach (var topic in context.Topics)
                Add(topics ??= [], topic, sum / context.Topics.Length);
            if (context.Community is { } community)
                Add(communities ??= [], community, sum);
        }

        return new PeopleShares([.. byType], Largest(topics), Largest(communities));
    }

    // Contexts of one page are one object each: what was found in it stands behind those of the pages before.
    private void Add(FactContext context, double part, int first)
    {
        for (var i = byContext.Count - 1; i >= first; i--)
        {
            if (!ReferenceEquals(byContext[i].Context, context))
                continue;
            byContext[i] = (context, byContext[i].Sum + part);
            return;
        }

        byContext.Add((context, part));
    }

    private static void Add(Dictionary<string, double> sums, string name, double sum) => sums[name] = sums.GetValueOrDefault(name) + sum;

    private double PartOf(double sum) => Math.Min(1, sum / whole);

    private ImmutableSortedDictionary<string, double> Largest(Dictionary<string, double>? sums)
    {
        if (sums is null)
            return PeopleShares.NoNames;
        IEnumerable<KeyValuePair<string, double>> kept =
            sums.Count <= PeopleShares.Kept
                ? sums
                : sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(PeopleShares.Kept);
        return PeopleShares.NoNames.AddRange(kept.Select(s => KeyValuePair.Create(s.Key, PartOf(s.Value))));
    }
}
