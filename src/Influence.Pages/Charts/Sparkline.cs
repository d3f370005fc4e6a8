using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Influence.Pages.Charts;

/// <summary>A board row's small curve, as markup: 100 of them on a page have to be cheap and short.</summary>
internal static class Sparkline
{
    /// <summary>Points of score that its height spans at least: noise is not to look like drama.</summary>
    public const double LeastSpan = 5;

    private const int Height = 32;
    private const int Margin = 3;
    private const int Step = 4;
    private const int MaxPoints = 30;
    private const int Width = (MaxPoints - 1) * Step + 2 * Margin;

    /// <summary>The curve; empty for no scores.</summary>
    /// <param name="scores">The scores, the latest last; at most the last 30 are drawn, the latest at the right end.</param>
    /// <param name="label">What it shows, in words.</param>
    public static string Of(IReadOnlyList<double> scores, string label)
    {
        if (scores.Count == 0)
            return "";
        var points = Points(scores);
        var svg = new StringBuilder(256)
            .Append(
                CultureInfo.InvariantCulture,
                $"<svg role=\"img\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width * 3 / 4}\" height=\"24\""
            )
            .Append(CultureInfo.InvariantCulture, $" aria-label=\"{HtmlEncoder.Default.Encode(label)}\">");
        if (points.Length == 1)
            return svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{points[0].X}\" cy=\"{points[0].Y}\" r=\"3\"/></svg>")
                .ToString();
        svg.Append("<polyline points=\"");
        for (var i = 0; i < points.Length; i++)
            svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{points[i].X},{points[i].Y}");
        return svg.Append("\"/></svg>").ToString();
    }

    /// <summary>The curve's points, in whole numbers.</summary>
    internal static (int X, int Y)[] Points(IReadOnlyList<double> scores)
    {
        double[] shown = [.. scores.Skip(scores.Count - MaxPoints)];
        var (low, high) = (shown.Min(), shown.Max());
        var span = Math.Max(LeastSpan, high - low);
        // What is less than the least span lies in the middle.
        var bottom = (low + high - span) / 2;
        var first = MaxPoints - shown.Length;
        return
        [
            .. shown.Select(
                (s, i) =>
                    (
                        Margin + (first + i) * Step,
                        Height - Margin - (int)Math.Round((s - bottom) / span * (Height - 2 * Margin), MidpointRounding.AwayFromZero)
                    )
            ),
        ];
    }
}
