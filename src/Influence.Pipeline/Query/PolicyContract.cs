namespace Influence.Pipeline.Query;

/// <summary>The policy in force as the API tells it.</summary>
public static class PolicyContract
{
    /// <summary>The policy that scores are made under now.</summary>
    public static PolicyReport Current { get; } = Of(ScoringPolicy.Current);

    private static PolicyReport Of(ScoringPolicy policy) =>
        new(
            policy.Version,
            policy.From,
            policy.Memo,
            Enum.GetValues<InteractionType>().ToDictionary(NameOf, policy.PointsOf),
            DaysOf(policy.HalfLife),
            policy.HalfStrength,
            policy.AttentionBudget,
            policy.QualitySpan,
            policy.FollowerRate,
            policy.CounterRate,
            policy.PointsPerDecade,
            DaysOf(policy.FactWindow),
            DaysOf(policy.ImportWindow),
            policy.FutureSlack,
            DaysOf(policy.TieSilence),
            [.. NetworkRules.All.Where(r => r.IsNetwork).Select(r => new NetworkForm(r.Network, r.Id, r.Form, r.Example))],
            [
                new("creating", "It posted at least as often as it shared or quoted.", "sharing"),
                new("participating", "It posted, shared and replied at least as often as it liked.", "listening"),
                new("focused", $"It was about at most {Style.FocusedTopics} topics, counted by e^H of their shares.", "broad"),
                new("consistent", $"It did something on at least {Style.ConsistentDays} of {Activity.WindowDays} days.", "casual"),
            ]
        );

    private static string NameOf(InteractionType type) => type.ToString().ToLowerInvariant();

    private static double DaysOf(long seconds) => seconds / (double)ScoringPolicy.Day;
}
