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

    /// <summary>False for a profile that has no badge, by its own wish; absent otherwise.</summary>
    public bool? Badge { get; init; }

    /// <summary><c>bot</c> or <c>excluded</c> for an account that does not count as a person: unranked; absent for a member.</summary>
    public string? Standing { get; init; }

    /// <summary>How the account took part itself; absent where it did nothing.</summary>
    /// <remarks>In the 28 days up to the last settlement.</remarks>
    public ScoreCardStyle? Style { get; init; }

    /// <summary>How many of its twenty top people the account engaged in those days; absent with the style.</summary>
    public int? EngagesBack { get; init; }

    /// <summary>Who the audience is made of, as of the last settlement; absent before it. Never part of the score.</summary>
    public ScoreCardMakeup? Makeup { get; init; }

    /// <summary>True for an account that engaged others and that nobody has engaged.</summary>
    /// <remarks>It has a vote and no score of its own.</remarks>
    public bool? OnlyEngages { get; init; }

    /// <summary>What such an account did in those 28 days; absent for all others.</summary>
    public ScoreCardActivity? Activity { get; init; }
}

/// <summary>A style: four measured values over 28 days and the half that each lies in; never part of the score.</summary>
/// <param name="Name">One of sixteen names.</param>
/// <param name="Creating">Posts ≥ shares; else sharing.</param>
/// <param name="Participating">Posts + shares + replies ≥ likes; else listening.</param>
/// <param name="Focused">At most 3 effective topics; else broad.</param>
/// <param name="Consistent">Active on at least 14 of the 28 days; else casual.</param>
/// <param name="Posts">Posts.</param>
/// <param name="Shares">Shares and quotes.</param>
/// <param name="Replies">Replies.</param>
/// <param name="Likes">Likes.</param>
/// <param name="Topics">The effective number of topics, e^H, to 0.01; 0 where none was told.</param>
/// <param name="ActiveDays">Days with any activity, 1–28.</param>
public sealed record ScoreCardStyle(
    string Name,
    bool Creating,
    bool Participating,
    bool Focused,
    bool Consistent,
    long Posts,
    long Shares,
    long Replies,
    long Likes,
    double Topics,
    int ActiveDays
);

/// <summary>Who an audience is made of.</summary>
/// <param name="Bands">How many people have which score of their own, the lowest band first.</param>
/// <param name="Elsewhere">The share of influence from people who engage at least two accounts, 0–1.</param>
/// <param name="Sentence">The same in a sentence.</param>
/// <param name="Note">A sentence where the influence more than doubled within 7 days; else absent.</param>
public sealed record ScoreCardMakeup(IReadOnlyList<ScoreBand> Bands, double Elsewhere, string Sentence, string? Note);

/// <summary>The people of a band of scores.</summary>
/// <param name="Band">The band: <c>under 10</c>, <c>10–20</c> … <c>50 and more</c>.</param>
/// <param name="People">How many people.</param>
public sealed record ScoreBand(string Band, long People);

/// <summary>What an account did in the 28 days up to the last settlement.</summary>
/// <param name="Posts">Posts.</param>
/// <param name="Shares">Shares.</param>
/// <param name="Replies">Replies.</param>
/// <param name="Quotes">Quotes.</param>
/// <param name="Likes">Likes.</param>
/// <param name="Others">Views, clicks, follows and mentions.</param>
/// <param name="ActiveDays">Days with any activity, 1–28.</param>
/// <param name="Topics">Its topics, the ten told most first.</param>
public sealed record ScoreCardActivity(
    long Posts,
    long Shares,
    long Replies,
    long Quotes,
    long Likes,
    long Others,
    int ActiveDays,
    IReadOnlyList<string> Topics
);

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
