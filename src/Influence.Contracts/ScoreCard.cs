namespace Influence.Contracts;

/// <summary>A profile's score and what it rests on.</summary>
/// <param name="Id">The profile; an account that is not linked is its own.</param>
/// <param name="Name">How it is shown, by the latest fact that says; absent where none does. Never scored.</param>
/// <param name="Score">S, 1–100.</param>
/// <param name="Influence">V, 0 or more.</param>
/// <param name="Reach">R: people reached lately.</param>
/// <param name="Depth">D: how deeply each engaged, 0–1.</param>
/// <param name="Voice">Q: how much their own voice carries, 0–4.</param>
/// <param name="Audience">What followers and counters add to V.</param>
/// <param name="Change">Points against a day, a week and a month ago.</param>
/// <param name="Rank">Rank on the latest global board, by the score to 0.01; equal scores share it. Absent before the first board.</param>
/// <param name="Percentile">
/// The percentage of ranked accounts that this one is not below, 0–100; absent with <paramref name="Rank"/>.
/// </param>
/// <param name="Provisional">
/// True where facts came since the board: the rank is then the one that the score as known now would take.
/// </param>
/// <param name="Policy">The policy's version.</param>
/// <param name="Coverage">How much the number rests on.</param>
/// <param name="AsOf">The moment of all these figures, to the minute.</param>
public sealed record ScoreCard(
    string Id,
    string? Name,
    double Score,
    double Influence,
    double Reach,
    double Depth,
    double Voice,
    double Audience,
    ScoreCardChange Change,
    int? Rank,
    double? Percentile,
    bool? Provisional,
    int Policy,
    ScoreCardCoverage Coverage,
    DateTimeOffset AsOf
)
{
    /// <summary>The accounts of a profile that has several, or a page of its own; absent for an account by itself.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>The profile's web page.</summary>
    public string? Url { get; init; }

    /// <summary>The address of the profile's picture.</summary>
    public string? Avatar { get; init; }

    /// <summary><c>bot</c> or <c>excluded</c> for an account that does not count as a person: unranked; absent for a member.</summary>
    public string? Standing { get; init; }
}

/// <summary>Points of score against earlier moments; an account that was not known then counts as 1.</summary>
/// <param name="Day">Against the end of yesterday (UTC).</param>
/// <param name="Week">Against the end of the day 7 days ago.</param>
/// <param name="Month">Against the end of the day 30 days ago.</param>
public sealed record ScoreCardChange(double Day, double Week, double Month);

/// <summary>What a score rests on.</summary>
/// <param name="Interactions">Interactions received.</param>
/// <param name="People">People they came from.</param>
/// <param name="Days">Days of the last 90 that brought any.</param>
public sealed record ScoreCardCoverage(long Interactions, long People, int Days);
