using System.Collections.Immutable;

namespace Influence.Scoring.Styles;

/// <summary>What one account did itself, by day and topic, and whom it engaged lately. Immutable.</summary>
/// <remarks>
/// Bounded whatever comes: <see cref="Window"/> keeps 28 days and <see cref="MaxTopics"/> topics, a merge <see cref="MaxTargets"/> of the
/// accounts engaged. Accounts appear by key only.
/// </remarks>
/// <param name="Days">The days on which it did something, ascending.</param>
/// <param name="Targets">Whom it engaged, the latest of them, by key.</param>
/// <param name="Name">Its display name as its own latest fact told it; null for none.</param>
/// <param name="NameAt">The moment of that fact, Unix seconds; 0 for none.</param>
public sealed record Activity(
    ImmutableArray<ActivityDay> Days,
    ImmutableArray<ActivityTarget> Targets,
    string? Name = null,
    long NameAt = 0
)
{
    /// <summary>How many days count, the running one included.</summary>
    public const int WindowDays = 28;

    /// <summary>How many distinct topics are kept, those told most.</summary>
    public const int MaxTopics = 64;

    /// <summary>How many of the accounts engaged are kept, those engaged latest.</summary>
    public const int MaxTargets = 64;

    /// <summary>Nothing yet.</summary>
    public static Activity None { get; } = new([], []);

    /// <summary>The day of a moment (Unix seconds), days since 1970-01-01 UTC.</summary>
    public static int DayOf(long moment) => Ledger.DayOf(moment);

    /// <summary>One thing done.</summary>
    /// <param name="fact">What.</param>
    /// <param name="keys">The deployment's keys.</param>
    public static Activity Of(Interaction fact, KeyHasher keys)
    {
        var day = Ledger.DayOf(fact.At);
        ImmutableArray<TopicCount> topics = fact.Context.Topics.IsEmpty ? [] : [.. fact.Context.Topics.Select(t => new TopicCount(t, 1))];
        return new(
            [new ActivityDay(day, ActivityCounts.One(fact.Type), topics)],
            fact.Target is { } target ? [new ActivityTarget(ActivityTarget.KeyOf(keys.KeyOf(target)), day)] : [],
            fact.ActorName,
            fact.ActorName is null ? 0 : fact.At
        );
    }

    /// <summary>Both together. Commutative.</summary>
    public Activity Merge(Activity other)
    {
        var isOwn = other.Name is null || (Name is not null && !DisplayName.Replaces(other.Name, other.NameAt, Name, NameAt));
        return new(
            Merge(Days, other.Days, d => d.Day, (a, b) => a.Plus(b)),
            Latest(Merge(Targets, other.Targets, t => t.Key, (a, b) => a.Day > b.Day ? a : b)),
            isOwn ? Name : other.Name,
            isOwn ? NameAt : other.NameAt
        );
    }

    /// <summary>What of it lies in the 28 days that end with a day.</summary>
    /// <param name="last">The last day, days since 1970-01-01 UTC. A day after it, by a clock that is ahead, stays.</param>
    public Activity Window(int last)
    {
        var edge = last - WindowDays;
        if (IsWithin(edge))
            return this;
        ImmutableArray<ActivityDay> days = [.. Days.Where(d => d.Day > edge)];
        var kept = TopicsOf(days).Take(MaxTopics).Select(t => t.Topic).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Days = [.. days.Select(d => d with { Topics = [.. d.Topics.Where(t => kept.Contains(t.Topic))] })],
            Targets = [.. Targets.Where(t => t.Day > edge)],
        };
    }

    /// <summary>All that it did, by kind.</summary>
    public ActivityCounts Total
    {
        get
        {
            var total = default(ActivityCounts);
            foreach (var day in Days)
                total = total.Plus(day.Counts);
            return total;
        }
    }

    /// <summary>What it was about, the topic told most first.</summary>
    public IReadOnlyList<TopicCount> Topics => [.. TopicsOf(Days)];

    /// <summary>The same without texts, where they take more room than there is.</summary>
    public Activity WithoutTexts() => new([.. Days.Select(d => d with { Topics = [] })], Targets);

    // Nearly always, so that it is told without another allocation.
    private bool IsWithin(int edge)
    {
        if (!Days.IsEmpty && Days[0].Day <= edge)
            return false;
        foreach (var target in Targets)
            if (target.Day <= edge)
                return false;
        var topics = 0;
        foreach (var day in Days)
            topics += day.Topics.Length;
        return topics <= MaxTopics;
    }

    private static IEnumerable<TopicCount> TopicsOf(ImmutableArray<ActivityDay> days) =>
        days.SelectMany(d => d.Topics)
            .GroupBy(t => t.Topic, StringComparer.Ordinal)
            .Select(g => new TopicCount(g.Key, g.Aggregate(0u, (sum, t) => ActivityCounts.Sum(sum, t.Count))))
            .OrderByDescending(t => t.Count)
            .ThenBy(t => t.Topic, StringComparer.Ordinal);

    // The latest, then the lower keys: of several merges the outcome is the same in any grouping.
    private static ImmutableArray<ActivityTarget> Latest(ImmutableArray<ActivityTarget> targets) =>
        targets.Length <= MaxTargets
            ? targets
            : [.. targets.OrderByDescending(t => t.Day).ThenBy(t => t.Key).Take(MaxTargets).OrderBy(t => t.Key)];

    // Of two lists sorted by a key that each holds once.
    internal static ImmutableArray<T> Merge<T, TKey>(
        ImmutableArray<T> these,
        ImmutableArray<T> others,
        Func<T, TKey> keyOf,
        Func<T, T, T> both,
        IComparer<TKey>? order = null
    )
    {
        if (these.IsEmpty || others.IsEmpty)
            return these.IsEmpty ? others : these;
        order ??= Comparer<TKey>.Default;
        var merged = ImmutableArray.CreateBuilder<T>(Math.Max(these.Length, others.Length));
        for (var (i, j) = (0, 0); i < these.Length || j < others.Length; )
        {
            var side =
                i == these.Length ? 1
                : j == others.Length ? -1
                : order.Compare(keyOf(these[i]), keyOf(others[j]));
            merged.Add(
                side == 0 ? both(these[i++], others[j++])
                : side < 0 ? these[i++]
                : others[j++]
            );
        }

        return merged.DrainToImmutable();
    }
}

/// <summary>What an account did on a day.</summary>
/// <param name="Day">Days since 1970-01-01 UTC.</param>
/// <param name="Counts">How many things of each kind.</param>
/// <param name="Topics">What they were about, ordinal by topic.</param>
public readonly record struct ActivityDay(int Day, ActivityCounts Counts, ImmutableArray<TopicCount> Topics)
{
    internal ActivityDay Plus(ActivityDay other) =>
        new(
            Day,
            Counts.Plus(other.Counts),
            Activity.Merge(
                Topics,
                other.Topics,
                t => t.Topic,
                (a, b) => a with { Count = ActivityCounts.Sum(a.Count, b.Count) },
                StringComparer.Ordinal
            )
        );
}

/// <summary>How often a topic was told.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Count">How often, above 0.</param>
public readonly record struct TopicCount(string Topic, uint Count);

/// <summary>An account that was engaged.</summary>
/// <param name="Key">The upper 32 bits of its key: one of 64 is taken for another in 1 of 67 million cases.</param>
/// <param name="Day">The latest day on which it was engaged, days since 1970-01-01 UTC.</param>
public readonly record struct ActivityTarget(uint Key, int Day)
{
    /// <summary>The part of an account's key that is kept.</summary>
    public static uint KeyOf(ulong account) => (uint)(account >> 32);
}
