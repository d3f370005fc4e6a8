namespace Influence.Pages.Charts;

/// <summary>What the scales of all lines have in common, on pages and in pictures.</summary>
internal static class ChartScale
{
    /// <summary>Points of score that a line's height spans at least: a small change is no drama.</summary>
    public const double LeastSpan = 5;
}
