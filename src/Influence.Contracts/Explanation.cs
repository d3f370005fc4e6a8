namespace Influence.Contracts;

/// <summary>Why a score is what it is, and why it is not what it was.</summary>
/// <param name="Id">The profile.</param>
/// <param name="AsOf">The moment of all these figures, to the minute.</param>
/// <param name="Policy">The policy's version.</param>
/// <param name="Now">The score now, with its factors.</param>
/// <param name="Shares">Where it comes from.</param>
/// <param name="People">The at most 20 people who count most, heaviest first.</param>
/// <param name="Coverage">How much the score rests on.</param>
/// <param name="Change">The change since a day, in parts that sum to it.</param>
/// <param name="Accounts">What each account brings.</param>
/// <param name="Sentences">The same in plain sentences, each with its numbers.</param>
public sealed record Explanation(
    string Id,
    DateTimeOffset AsOf,
    int Policy,
    ExplainedScore Now,
    ExplainedShares Shares,
    IReadOnlyList<ExplainedPerson> People,
    ExplainedCoverage Coverage,
    ExplainedChange Change,
    IReadOnlyList<ExplainedAccount> Accounts,
    IReadOnlyList<ExplainedSentence> Sentences
)
{
    /// <summary>The display name; absent where nobody told one.</summary>
    public string? Name { get; init; }

    /// <summary>How the account took part itself; of several that of the one that was active most. Never part of the score.</summary>
    public ScoreCardStyle? Style { get; init; }

    /// <summary>How many of <see cref="People"/> that account engaged in those days.</summary>
    public int? EngagesBack { get; init; }

    /// <summary>Who the audience is made of, as of the last settlement. Never part of the score.</summary>
    public ScoreCardMakeup? Makeup { get; init; }
}

/// <summary>A score with its factors at one moment.</summary>
/// <param name="Score">S = min(100, 1 + (99/8)·log10(1 + 10·V)), 1–100.</param>
/// <param name="Influence">V = people + audience.</param>
/// <param name="Reach">R: people reached lately.</param>
/// <param name="Depth">D: how deeply each engaged, 0–1.</param>
/// <param name="Voice">Q: how much their own voice carries, 0–4.</param>
/// <param name="People">V_people = R·D·Q.</param>
/// <param name="Audience">What followers and counters add to V.</param>
public sealed record ExplainedScore(
    double Score,
    double Influence,
    double Reach,
    double Depth,
    double Voice,
    double People,
    double Audience
);

/// <summary>Where the influence comes from; each family sums to 1, with <c>other</c>. Empty where there is nothing to share.</summary>
/// <param name="Accounts">Of V, by account.</param>
/// <param name="Types">Of V_people, by type of interaction, as of the last settlement.</param>
/// <param name="Topics">The same by topic.</param>
/// <param name="Communities">The same by community.</param>
public sealed record ExplainedShares(
    IReadOnlyDictionary<string, double> Accounts,
    IReadOnlyDictionary<string, double> Types,
    IReadOnlyDictionary<string, double> Topics,
    IReadOnlyDictionary<string, double> Communities
);

/// <summary>One of the people who count most.</summary>
/// <param name="Id">Who.</param>
/// <param name="Tie">What the person adds to V: the sum of vote · strength · recency over <paramref name="Ties"/>.</param>
/// <param name="Share">The part of V_people, 0–1.</param>
/// <param name="Ties">The ties, one for each account of the profile that the person engaged.</param>
public sealed record ExplainedPerson(string Id, double Tie, double Share, IReadOnlyList<ExplainedTie> Ties)
{
    /// <summary>The display name; absent where nobody told one.</summary>
    public string? Name { get; init; }
}

/// <summary>What one person gave one account.</summary>
/// <param name="Points">x: points, faded to <paramref name="Last"/>.</param>
/// <param name="Last">The latest moment.</param>
/// <param name="Strength">x / (x + 2), 0–1.</param>
/// <param name="Recency">2^(−age / half-life).</param>
/// <param name="Vote">What the person's attention weighs, 0–4.</param>
/// <param name="Tie">vote · strength · recency.</param>
public sealed record ExplainedTie(double Points, DateTimeOffset Last, double Strength, double Recency, double Vote, double Tie);

/// <summary>How much a score rests on.</summary>
/// <param name="Interactions">Interactions received.</param>
/// <param name="People">People they came from.</param>
/// <param name="RecentPeople">Those of them who engaged within the last 30 days (UTC).</param>
/// <param name="Days">Days of the last 90 that brought any.</param>
/// <param name="WithoutTop">The score without the person who counts most: the further below, the less sure the score is.</param>
public sealed record ExplainedCoverage(long Interactions, long People, int RecentPeople, int Days, double WithoutTop);

/// <summary>Why a score changed since the end of a day (UTC), in points.</summary>
/// <param name="Since">The day.</param>
/// <param name="Points">The whole change: the sum of the parts.</param>
/// <param name="Reach">The part of reaching more or fewer people.</param>
/// <param name="Depth">The part of their engaging more or less deeply.</param>
/// <param name="Voice">The part of their own voices.</param>
/// <param name="Audience">The part of followers and counters.</param>
/// <param name="Settlement">The part of votes that settlements counted anew.</param>
/// <param name="Policy">The part of a change of policy.</param>
/// <param name="Before">The score then, as known then.</param>
public sealed record ExplainedChange(
    DateOnly Since,
    double Points,
    double Reach,
    double Depth,
    double Voice,
    double Audience,
    double Settlement,
    double Policy,
    ExplainedScore Before
)
{
    /// <summary>The change of policy in between; absent for none.</summary>
    public ExplainedPolicyChange? PolicyChange { get; init; }
}

/// <summary>A change of policy: the same facts under both at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="From">The version before.</param>
/// <param name="Before">The score under it.</param>
/// <param name="After">The score under the new one.</param>
public sealed record ExplainedPolicyChange(DateTimeOffset At, int From, double Before, double After);

/// <summary>What an account brings to its profile.</summary>
/// <param name="Id">The account.</param>
/// <param name="People">Its V_people now, without what the profile's other accounts gave it.</param>
/// <param name="Audience">Its audience's part of V now.</param>
/// <param name="Inner">What the profile's other accounts gave it, which counts for nothing while they are linked.</param>
/// <param name="PeopleBefore">Its V_people at the end of the day that the change is told since.</param>
/// <param name="Settled">
/// Σ ln(V_people after / before) over the settlements since then. The part of settlements is this times L(<paramref name="People"/>,
/// <paramref name="PeopleBefore"/>), L(a, b) = (a − b) / ln(a/b), times the points of a unit of V.
/// </param>
public sealed record ExplainedAccount(string Id, double People, double Audience, double Inner, double PeopleBefore, double Settled);

/// <summary>A sentence, with the numbers in it, so that clients can say it in other languages.</summary>
/// <param name="About">
/// <c>score</c>, <c>coverage</c>, <c>reach</c>, <c>depth</c>, <c>voice</c>, <c>audience</c>, <c>change</c>, <c>style</c> or <c>makeup</c>.
/// </param>
/// <param name="Code">Names the sentence, whatever its numbers.</param>
/// <param name="Text">The sentence in English.</param>
/// <param name="Numbers">The numbers in it.</param>
public sealed record ExplainedSentence(string About, string Code, string Text, IReadOnlyDictionary<string, double> Numbers);

/// <summary>A score for every day.</summary>
/// <param name="Id">The profile.</param>
/// <param name="AsOf">The moment of the last day's figures, to the minute.</param>
/// <param name="Policy">The policy's version.</param>
/// <param name="Days">The days, oldest first; those before anything was known are left out.</param>
public sealed record ScoreHistory(string Id, DateTimeOffset AsOf, int Policy, IReadOnlyList<ScoreOfDay> Days)
{
    /// <summary>The display name; absent where nobody told one.</summary>
    public string? Name { get; init; }
}

/// <summary>The score at the end of a day (UTC) as known then; of today as of now.</summary>
/// <param name="Date">The day.</param>
/// <param name="Score">S, 1–100.</param>
/// <param name="Influence">V, 0 or more.</param>
/// <param name="Reach">R.</param>
/// <param name="Depth">D, 0–1.</param>
/// <param name="Voice">Q, 0–4.</param>
/// <param name="Audience">What followers and counters add to V.</param>
/// <param name="Faded">True for a day on which nothing new came: it is the day before, faded by the formula. Absent otherwise.</param>
public sealed record ScoreOfDay(
    DateOnly Date,
    double Score,
    double Influence,
    double Reach,
    double Depth,
    double Voice,
    double Audience,
    bool? Faded
);
