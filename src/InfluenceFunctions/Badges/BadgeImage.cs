using System.Globalization;
using System.Net;

namespace InfluenceFunctions.Badges;

/// <summary>A badge as SVG: a label, and the score beside it.</summary>
/// <remarks>
/// Widths are estimated by those of Verdana at 11 pixels, and <c>textLength</c> holds the text to them, so that no font overflows. The
/// colours are those of pages and never red: a low score is no alarm.
/// </remarks>
internal static class BadgeImage
{
    /// <summary>The colour behind the score, 6 hex digits.</summary>
    public const string Colour = "155e75";

    private const int Padding = 6;
    private const double Narrow = 4.2;
    private const double Usual = 6.9;
    private const double Broad = 11;

    /// <summary>Draws it.</summary>
    /// <param name="label">The text on the left.</param>
    /// <param name="message">The text on the right.</param>
    /// <param name="style">Its shape.</param>
    public static string Draw(string label, string message, BadgeStyle style)
    {
        var (left, right) = (WidthOf(label), WidthOf(message));
        var (leftBox, rightBox) = (left + (2 * Padding), right + (2 * Padding));
        var radius = style == BadgeStyle.Flat ? 3 : 0;
        var (safeLabel, safeMessage) = (WebUtility.HtmlEncode(label), WebUtility.HtmlEncode(message));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{leftBox
                + rightBox}" height="20" role="img" aria-label="{safeLabel}: {safeMessage}">
            <title>{safeLabel}: {safeMessage}</title>
            <clipPath id="r"><rect width="{leftBox + rightBox}" height="20" rx="{radius}"/></clipPath>
            <g clip-path="url(#r)">
            <rect width="{leftBox}" height="20" fill="#3d4451"/>
            <rect x="{leftBox}" width="{rightBox}" height="20" fill="#{Colour}"/>
            </g>
            <g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
            <text x="{Padding}" y="14" textLength="{left}" lengthAdjust="spacingAndGlyphs">{safeLabel}</text>
            <text x="{leftBox + Padding}" y="14" textLength="{right}" lengthAdjust="spacingAndGlyphs">{safeMessage}</text>
            </g>
            </svg>
            """
        );
    }

    private static int WidthOf(string text) =>
        (int)
            Math.Ceiling(
                text.EnumerateRunes()
                    .Sum(r =>
                        r.Value is ' ' or '.' or ',' or ':' or 'i' or 'l' or 'j' or 'I' or '\'' or '|' ? Narrow
                        : r.Value > 0x2E80 ? Broad
                        : Usual
                    )
            );
}
