namespace Influence.Pages;

/// <summary>A score as it is shown everywhere: on pages, pictures and badges.</summary>
public static class ShownScore
{
    /// <summary>Two decimals, half away from zero.</summary>
    public static string Of(double score) => Numbers.Score(score);
}
