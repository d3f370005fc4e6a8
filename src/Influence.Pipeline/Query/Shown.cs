namespace Influence.Pipeline.Query;

/// <summary>Scores and points as answers tell them: to 4 decimals, half away from zero.</summary>
/// <remarks>
/// Explanations are told whole, so that their parts can be summed and recomputed; influence and factors are everywhere. Ranks are by the
/// score as told, to 0.01: <see cref="ScoreHistogram.Hundredths"/> rounds twice in the same way.
/// </remarks>
internal static class Shown
{
    public static double Points(double points) => Math.Round(points, 4, MidpointRounding.AwayFromZero);

    public static double? Points(double? points) => points is { } known ? Points(known) : null;

    public static BoardRow Row(BoardRow row) => row with { Score = Points(row.Score), Change = Points(row.Change) };
}
