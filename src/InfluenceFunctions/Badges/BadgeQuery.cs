using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Badges;

/// <summary>What a badge's caller asks for: <c>?label=&amp;style=flat</c>.</summary>
/// <param name="Label">The text on its left.</param>
/// <param name="Style">Its shape.</param>
internal sealed record BadgeQuery(string Label, BadgeStyle Style)
{
    private const string DefaultLabel = "influence";

    /// <summary>Most characters of a label.</summary>
    public const int MaxLabel = 40;

    /// <summary>What is asked for; else the answer that says what is wrong.</summary>
    public static (BadgeQuery? Query, Reply? Wrong) Read(HttpRequest request)
    {
        var (label, style) = ((request.Query["label"].FirstOrDefault() ?? "").Trim(), request.Query["style"].FirstOrDefault() ?? "");
        if (label.Length > 0 && !PlainText.IsReadable(label, MaxLabel))
            return (null, Wrong($"'label' must be at most {MaxLabel} characters that can be seen."));
        BadgeStyle? shape = style switch
        {
            "" or "flat" => BadgeStyle.Flat,
            "flat-square" => BadgeStyle.FlatSquare,
            _ => null,
        };
        return shape is { } known
            ? (new BadgeQuery(label.Length == 0 ? DefaultLabel : label, known), null)
            : (null, Wrong("'style' must be flat or flat-square."));
    }

    private static Reply Wrong(string detail) => Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", detail);
}

/// <summary>The shapes of a badge.</summary>
internal enum BadgeStyle
{
    Flat,
    FlatSquare,
}
