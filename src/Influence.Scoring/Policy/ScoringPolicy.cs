using System.Collections.Immutable;

namespace Influence.Scoring.Policy;

/// <summary>
/// Every number of the formula in one dated, versioned record (docs/scoring.md, "Policy"). A score carries the version it was made under.
/// </summary>
public sealed record ScoringPolicy
{
    /// <summary>The first policy: the numbers of docs/scoring.md.</summary>
    public static readonly ScoringPolicy Version1 = new()
    {
        Version = 1,
        From = new DateOnly(2026, 11, 1),
        Memo = "First published policy.",
        Points = [0, 0.02, 0.5, 1, 2, 3, 3, 4, 5, 0],
    };

    /// <summary>The policy that new states are made under.</summary>
    public static ScoringPolicy Current => Version1;

    /// <summary>A published policy by its version; null for one that this program does not know.</summary>
    public static ScoringPolicy? Find(int version) => version == Version1.Version ? Version1 : null;

    /// <summary>Counts up from 1; stored with every state.</summary>
    public required int Version { get; init; }

    /// <summary>The first day (UTC) that it holds.</summary>
    public required DateOnly From { get; init; }

    /// <summary>What changed and why, in a sentence for the people it scores.</summary>
    public required string Memo { get; init; }

    /// <summary>Points w by <see cref="InteractionType"/> (index 0 is unused): above 0, but for a post, which nobody receives.</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>H, seconds: after this long without a new fact, influence is half. 30 days.</summary>
    public long HalfLife { get; init; } = 30 * Day;

    /// <summary>Points at which one person counts for a half: strength = x / (x + 2).</summary>
    public double HalfStrength { get; init; } = 2;

    /// <summary>The attention O(a) up to which an actor's vote stays whole: selectivity = min(1, 10 / O).</summary>
    public double AttentionBudget { get; init; } = 10;

    /// <summary>How much more the top voice carries than a newcomer's: quality = 1 + 3·(S − 1)/99.</summary>
    public double QualitySpan { get; init; } = 3;

    /// <summary>Influence per follower.</summary>
    public double FollowerRate { get; init; } = 0.005;

    /// <summary>Influence per point of an anonymous counter.</summary>
    public double CounterRate { get; init; } = 0.05;

    /// <summary>Points of score per decade of 1 + 10·V: 99/8.</summary>
    public double PointsPerDecade { get; init; } = 99.0 / 8;

    /// <summary>How far back a fact may be dated when it comes in, seconds. 90 days.</summary>
    public long FactWindow { get; init; } = 90 * Day;

    /// <summary>How far back an imported interaction may be dated, seconds. 400 days.</summary>
    public long ImportWindow { get; init; } = 400 * Day;

    /// <summary>
    /// How long a fact and an undo are remembered, seconds: 97 days. The fact window, and a week for what waits in a queue meanwhile.
    /// </summary>
    public long FactMemory { get; init; } = 97 * Day;

    /// <summary>How far ahead a fact may be dated, seconds. 5 minutes, for clocks that disagree.</summary>
    public long FutureSlack { get; init; } = 300;

    /// <summary>A tie silent for this long is forgotten at the next settlement, seconds: 180 days. Less than 1/64 of it is left.</summary>
    public long TieSilence { get; init; } = 180 * Day;

    /// <summary>Seconds in a day.</summary>
    public const long Day = 86_400;

    /// <summary>w of a type of interaction, 0 to 5.</summary>
    public double PointsOf(InteractionType type) => Points[(int)type];

    /// <summary>2^(−seconds/H): what is left of something after so many seconds; above 1 for negative ones.</summary>
    public double Fade(long seconds) => Math.Exp(seconds * (-Ln2 / HalfLife));

    /// <summary>x / (x + 2), in [0, 1): one person never counts for more than one.</summary>
    public double Strength(double points) => points / (points + HalfStrength);

    /// <summary>1 + 3·(S − 1)/99: 1 for a newcomer (S = 1), 4 at the very top (S = 100).</summary>
    public double Quality(double score) => 1 + (QualitySpan * (score - 1) / 99);

    /// <summary>min(1, 10 / O): 1 for everyone who engages about ten people or fewer; 1 as well at O = 0.</summary>
    public double Selectivity(double attention) => attention <= AttentionBudget ? 1 : AttentionBudget / attention;

    /// <summary>S = min(100, 1 + (99/8)·log10(1 + 10·V)), in [1, 100] for V ≥ 0.</summary>
    public double ScoreOf(double influence) => Math.Min(100, UncappedScoreOf(influence));

    internal double UncappedScoreOf(double influence) => 1 + (PointsPerDecade * Math.Log10(1 + (10 * influence)));

    private const double Ln2 = 0.693147180559945309417;
}
