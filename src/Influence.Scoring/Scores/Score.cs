namespace Influence.Scoring.Scores;

/// <summary>A score with everything it is made of, at one moment (docs/scoring.md, "Explaining it").</summary>
/// <param name="Value">S = min(100, 1 + (99/8)·log10(1 + 10·V)), 1–100.</param>
/// <param name="Influence">V = V_people + audience, 0 or more.</param>
/// <param name="Reach">R = Σ recency: how many people were reached lately, 0 or more.</param>
/// <param name="Depth">D = Σ strength·recency / R: how deeply each engaged, 0–1; 0 without people.</param>
/// <param name="Voice">Q = Σ tie / Σ strength·recency: how much their own voice carries, 0–4; 0 without people.</param>
/// <param name="Audience">What followers and anonymous counters add to V, 0 or more.</param>
/// <param name="PolicyVersion">The policy it was made under.</param>
public sealed record Score(double Value, double Influence, double Reach, double Depth, double Voice, double Audience, int PolicyVersion)
{
    /// <summary>The score of some inputs. R·D·Q is V_people exactly (but for the last bits of a double).</summary>
    public static Score Of(ScoreInputs inputs, ScoringPolicy policy) =>
        new(
            policy.ScoreOf(inputs.Influence),
            inputs.Influence,
            inputs.Reach,
            inputs.Reach > 0 ? inputs.Engagement / inputs.Reach : 0,
            inputs.Engagement > 0 ? inputs.People / inputs.Engagement : 0,
            inputs.Audience,
            policy.Version
        );
}
