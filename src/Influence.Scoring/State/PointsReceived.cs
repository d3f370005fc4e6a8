using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The points an account received, faded, by type of interaction, topic and community.</summary>
/// <remarks>What the shares of an explanation are made of.</remarks>
/// <param name="ByType">Points by <see cref="InteractionType"/> (index 0 unused), each 0 or more.</param>
/// <param name="Topics">By topic; an interaction's points are split equally among its topics.</param>
/// <param name="Communities">By community.</param>
/// <remarks>
/// As of the moment of the state's totals. Their sum over types is N of the bound in <see cref="HeavyHitters"/> while nothing was undone.
/// </remarks>
public sealed record PointsReceived(ImmutableArray<double> ByType, HeavyHitters Topics, HeavyHitters Communities)
{
    /// <summary>How many slots <see cref="ByType"/> has: one per type, and the unused 0.</summary>
    public const int Types = 10;

    /// <summary>Nothing yet.</summary>
    public static PointsReceived None { get; } = new([.. new double[Types]], HeavyHitters.Empty, HeavyHitters.Empty);

    /// <summary>All points, 0 or more.</summary>
    public double Total => ByType.Sum();

    /// <summary>The part of each type, 0–1, of those above 0; together 1 (or nothing where no point was received).</summary>
    public IReadOnlyDictionary<string, double> SharesByType =>
        Shares.Of(
            Enumerable.Range(1, Types - 1).Select(t => KeyValuePair.Create(((InteractionType)t).ToString().ToLowerInvariant(), ByType[t])),
            Total
        );

    /// <summary>The part of each topic, 0–1, with "other" for the rest; together 1.</summary>
    public IReadOnlyDictionary<string, double> SharesByTopic => Shares.Of(Topics.Points, Total);

    /// <summary>The part of each community, 0–1, with "other" for the rest; together 1.</summary>
    public IReadOnlyDictionary<string, double> SharesByCommunity => Shares.Of(Communities.Points, Total);
}

/// <summary><see cref="PointsReceived"/> while a batch is being applied.</summary>
internal sealed class PointsTally(PointsReceived start)
{
    private readonly double[] byType = [.. start.ByType];
    private HeavyHitters topics = start.Topics;
    private HeavyHitters communities = start.Communities;

    public void Fade(double factor)
    {
        if (factor == 1)
            return;
        for (var i = 0; i < byType.Length; i++)
            byType[i] *= factor;
        topics = topics.Faded(factor);
        communities = communities.Faded(factor);
    }

    public void Add(InteractionType type, FactContext context, double points)
    {
        byType[(int)type] += points;
        foreach (var topic in context.Topics)
            topics = topics.Add(topic, points / context.Topics.Length);
        if (context.Community is { } community)
            communities = communities.Add(community, points);
    }

    public void Take(InteractionType type, FactContext context, double points)
    {
        var left = byType[(int)type] - points;
        byType[(int)type] = left <= byType[(int)type] * 1e-9 ? 0 : left;
        foreach (var topic in context.Topics)
            topics = topics.Take(topic, points / context.Topics.Length);
        if (context.Community is { } community)
            communities = communities.Take(community, points);
    }

    public PointsReceived ToPoints() => new([.. byType], topics, communities);
}
