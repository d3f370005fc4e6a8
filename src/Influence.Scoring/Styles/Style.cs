using System.Collections.Immutable;

namespace Influence.Scoring.Styles;

/// <summary>How an account took part over the last 28 days, in four measured values; never part of the score.</summary>
/// <remarks>
/// All of it from the account's own activity by day and topic (<see cref="Activity"/>), over one window. Thresholds are published
/// (docs/scoring.md, "Style"). A quote counts as a share. What was taken back was done all the same.
/// </remarks>
/// <param name="Posts">Posts of its own: with <paramref name="Shares"/> the first measure.</param>
/// <param name="Shares">Shares and quotes.</param>
/// <param name="Replies">Replies: with posts, shares and <paramref name="Likes"/> the second measure.</param>
/// <param name="Likes">Likes.</param>
/// <param name="TopicHundredths">The effective number of topics e^H in hundredths: the third; 0 where none was told.</param>
/// <param name="ActiveDays">On how many of the 28 days it did anything: the fourth.</param>
public sealed record Style(uint Posts, uint Shares, uint Replies, uint Likes, int TopicHundredths, int ActiveDays)
{
    /// <summary>Up to how many effective topics an account is focused.</summary>
    public const double FocusedTopics = 3;

    /// <summary>On how many days of 28 a consistent account does something at least.</summary>
    public const int ConsistentDays = 14;

    /// <summary>The sixteen names: the bits of the index are consistent, focused, participating and creating.</summary>
    private static readonly string[] Names =
    [
        // sharing, listening
        "occasional generalist supporter",
        "regular generalist supporter",
        "occasional specialist supporter",
        "regular specialist supporter",
        // sharing, participating
        "occasional generalist curator",
        "regular generalist curator",
        "occasional specialist curator",
        "regular specialist curator",
        // creating, listening
        "occasional generalist observer",
        "regular generalist observer",
        "occasional specialist observer",
        "regular specialist observer",
        // creating, participating
        "occasional generalist author",
        "regular generalist author",
        "occasional specialist author",
        "regular specialist author",
    ];

    /// <summary>All names, as the documentation lists them.</summary>
    public static IReadOnlyList<string> AllNames => Names;

    /// <summary>The effective number of topics, e^H of the topics' counts; 0 where none was told.</summary>
    public double Topics => TopicHundredths / 100.0;

    /// <summary>Creating (posts ≥ shares) rather than sharing.</summary>
    public bool IsCreating => Posts >= Shares;

    /// <summary>Participating (posts + shares + replies ≥ likes) rather than listening.</summary>
    public bool IsParticipating => (ulong)Posts + Shares + Replies >= Likes;

    /// <summary>Focused (at most 3 effective topics) rather than broad.</summary>
    public bool IsFocused => Topics <= FocusedTopics;

    /// <summary>Consistent (active on at least 14 of the last 28 days) rather than casual.</summary>
    public bool IsConsistent => ActiveDays >= ConsistentDays;

    /// <summary>One of sixteen names, two for each measure.</summary>
    public string Name => Names[(IsCreating ? 8 : 0) | (IsParticipating ? 4 : 0) | (IsFocused ? 2 : 0) | (IsConsistent ? 1 : 0)];

    /// <summary>The style of what an account did in the 28 days that end with a day; null where that is nothing.</summary>
    /// <param name="activity">What it did.</param>
    /// <param name="last">The last day, days since 1970-01-01 UTC.</param>
    public static Style? Of(Activity activity, int last)
    {
        var window = activity.Window(last);
        if (window.Days.IsEmpty)
            return null;
        var total = window.Total;
        return new(
            total.Posts,
            ActivityCounts.Sum(total.Shares, total.Quotes),
            total.Replies,
            total.Likes,
            (int)Math.Round(EffectiveNumberOf(window.Days) * 100, MidpointRounding.AwayFromZero),
            Math.Min(Activity.WindowDays, window.Days.Length)
        );
    }

    // e^H, the number of equally frequent topics that would be as diverse (Hill number of order 1).
    private static double EffectiveNumberOf(ImmutableArray<ActivityDay> days)
    {
        Dictionary<string, double>? counts = null;
        var (sum, entropy) = (0.0, 0.0);
        foreach (var day in days)
        foreach (var topic in day.Topics)
        {
            counts ??= new Dictionary<string, double>(StringComparer.Ordinal);
            counts[topic.Topic] = counts.GetValueOrDefault(topic.Topic) + topic.Count;
            sum += topic.Count;
        }

        if (counts is null)
            return 0;
        foreach (var count in counts.Values)
            entropy -= count / sum * Math.Log(count / sum);
        return Math.Exp(entropy);
    }
}
