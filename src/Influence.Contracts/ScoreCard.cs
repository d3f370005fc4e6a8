namespace Influence.Contracts;

/// <summary>A profile's score and what it rests on.</summary>
/// <param name="Id">The profile; an account that is not linked is its own.</param>
/// <param name="Score">S, 1–100.</param>
/// <param name="Influence">V, 0 or more.</param>
/// <param name="Reach">R: people reached lately.</param>
/// <param name="Depth">D: how deeply each engaged, 0–1.</param>
/// <param name="Voice">Q: how much their own voice carries, 0–4.</param>
/// <param name="Audience">What followers and counters add to V.</param>
/// <param name="Change">Points against a day, a week and a month ago.</param>
/// <param name="Rank">Competition rank on the latest global board (to the 0.01 of a point); absent before the first board.</param>
/// <param name="Percentile">
/// The percentage of ranked accounts that this one is not below, 0–100; absent with <paramref name="Rank"/>.
/// </param>
/// <param name="Policy">The policy's version.</param>
/// <param name="Coverage">How much the number rests on.</param>
/// <param name="AsOf">The moment of all these figures.</param>
public sealed record ScoreCard(
    string Id,
    double Score,
    double Influence,
    double Reach,
    double Depth,
    double Voice,
    double Audience,
    ScoreCardChange Change,
    int? Rank,
    double? Percentile,
    int Policy,
    ScoreCardCoverage Coverage,
    DateTimeOffset AsOf
);

/// <summary>Points of score against earlier moments; an account that was not known then counts as 1.</summary>
/// <param name="Day">Against 24 hours ago.</param>
/// <param name="Week">Against 7 days ago.</param>
/// <param name="Month">Against 30 days ago.</param>
public sealed record ScoreCardChange(double Day, double Week, double Month);

/// <summary>What a score rests on.</summary>
/// <param name="Interactions">Interactions received.</param>
/// <param name="People">People they came from.</param>
/// <param name="Days">Days of the last 90 that brought any.</param>
public sealed record ScoreCardCoverage(long Interactions, long People, int Days);
