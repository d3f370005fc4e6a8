namespace Influence.Contracts;

/// <summary>Every number of the formula that is in force, and the rules around it.</summary>
/// <param name="Version">The policy's version: every score carries it.</param>
/// <param name="From">The first day (UTC) that it holds.</param>
/// <param name="Memo">What changed and why, in a sentence.</param>
/// <param name="Points">w by type of interaction, 0–5.</param>
/// <param name="HalfLifeDays">H: after so many days without a new fact, influence is half.</param>
/// <param name="HalfStrength">Points at which one person counts for a half: strength = x / (x + this).</param>
/// <param name="AttentionBudget">The attention O up to which a vote stays whole: selectivity = min(1, this / O).</param>
/// <param name="QualitySpan">How much more the top voice carries: quality = 1 + this·(S − 1)/99.</param>
/// <param name="FollowerRate">Influence per follower.</param>
/// <param name="CounterRate">Influence per point of an anonymous counter.</param>
/// <param name="PointsPerDecade">Points of score per decade of 1 + 10·V: S = min(100, 1 + this·log10(1 + 10·V)).</param>
/// <param name="FactWindowDays">How many days back a fact may be dated when it comes in.</param>
/// <param name="ImportWindowDays">How many days back an imported interaction may be dated.</param>
/// <param name="FutureSlackSeconds">How many seconds ahead a fact may be dated.</param>
/// <param name="TieSilenceDays">A tie silent for so many days is forgotten at the next settlement.</param>
/// <param name="Networks">Networks with rules of their own for ids.</param>
/// <param name="Style">The halves that name a style.</param>
public sealed record PolicyReport(
    int Version,
    DateOnly From,
    string Memo,
    IReadOnlyDictionary<string, double> Points,
    double HalfLifeDays,
    double HalfStrength,
    double AttentionBudget,
    double QualitySpan,
    double FollowerRate,
    double CounterRate,
    double PointsPerDecade,
    double FactWindowDays,
    double ImportWindowDays,
    double FutureSlackSeconds,
    double TieSilenceDays,
    IReadOnlyList<NetworkForm> Networks,
    IReadOnlyList<StyleRule> Style
);

/// <summary>How a network's ids are written.</summary>
/// <param name="Network">The network.</param>
/// <param name="Id">What an id is.</param>
/// <param name="Form">The form that it is brought to.</param>
/// <param name="Example">An account.</param>
public sealed record NetworkForm(string Network, string Id, string Form, string Example);

/// <summary>One of the four measured values of a style, and where its halves meet.</summary>
/// <param name="Field">The field of the style: <c>creating</c>, <c>participating</c>, <c>focused</c> or <c>consistent</c>.</param>
/// <param name="Rule">When it is true, a sentence.</param>
/// <param name="Otherwise">What an account is called otherwise.</param>
public sealed record StyleRule(string Field, string Rule, string Otherwise);
