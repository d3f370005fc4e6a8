using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>
/// The points an account received, faded, by type of interaction, topic and community: what the shares of an explanation are made of.
/// </summary>
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
