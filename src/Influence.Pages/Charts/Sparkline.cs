using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;

namespace Influence.Pages.Charts;

/// <summary>A board row's small curve, as markup: 100 of them on a page have to be cheap and short.</summary>
internal static class Sparkline
{
    private const int Height = 32;
    private const int Margin = 3;
    private const int Step = 4;
    private const int MaxPoints = 30;
    private const int Width = (MaxPoints - 1) * Step + 2 * Margin;
    private const int Usual = 512;

    private static readonly string Start = string.Create(
        CultureInfo.InvariantCulture,
        $"<svg role=\"img\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width * 3 / 4}\" height=\"24\" aria-label=\""
    );

    /// <summary>The curve; empty for no scores.</summary>
    /// <param name="scores">The scores, the latest last; at most the last 30 are drawn, the latest at the right end.</param>
    /// <param name="label">What it shows, in words.</param>
    public static string Of(IReadOnlyList<double> scores, string label)
    {
        if (scores.Count == 0)
            return "";
        var points = Points(scores);
        Span<char> room = stackalloc char[Usual];
        var svg = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, room);
        svg.AppendLiteral(Start);
        svg.AppendLiteral(HtmlEncoder.Default.Encode(label));
        if (points.Length == 1)
        {
            svg.AppendLiteral("\"><circle cx=\"");
            svg.AppendFormatted(points[0].X);
            svg.AppendLiteral("\" cy=\"");
            svg.AppendFormatted(points[0].Y);
            svg.AppendLiteral("\" r=\"3\"/></svg>");
            return svg.ToStringAndClear();
        }

        svg.AppendLiteral("\"><polyline points=\"");
        foreach (var (x, y) in points)
        {
            svg.AppendFormatted(x);
            svg.AppendLiteral(",");
            svg.AppendFormatted(y);
            svg.AppendLiteral(" ");
        }

        svg.AppendLiteral("\"/></svg>");
        return svg.ToStringAndClear();
    }

    /// <summary>The curve's points, in whole numbers.</summary>
    internal static (int X, int Y)[] Points(IReadOnlyList<double> scores)
    {
        var skipped = Math.Max(0, scores.Count - MaxPoints);
        var (low, high) = (double.MaxValue, double.MinValue);
        for (var i = skipped; i < scores.Count; i++)
            (low, high) = (Math.Min(low, scores[i]), Math.Max(high, scores[i]));
        var span = Math.Max(ChartScale.LeastSpan, high - low);
        // What is less than the least span lies in the middle.
        var bottom = (low + high - span) / 2;
        var points = new (int X, int Y)[scores.Count - skipped];
        var left = Margin + (MaxPoints - points.Length) * Step;
        for (var i = 0; i < points.Length; i++)
        {
            var above = (scores[skipped + i] - bottom) / span * (Height - 2 * Margin);
            points[i] = (left + i * Step, Height - Margin - (int)Math.Round(above, MidpointRounding.AwayFromZero));
        }

        return points;
    }
}
