using System.Globalization;

namespace Influence.Pages;

/// <summary>The languages that pages are written in, and the choice among them.</summary>
public static class Languages
{
    private const int MaxHeader = 1000;

    /// <summary>All of them; the first is the default.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "de"];

    /// <summary>The language of a page: what the address says, else what the reader likes best, else English.</summary>
    /// <param name="queryLang">The address's <c>lang</c>.</param>
    /// <param name="acceptLanguage">The header <c>Accept-Language</c>, with quality values.</param>
    public static string Choose(string? queryLang, string? acceptLanguage)
    {
        if (Find(queryLang) is { } asked)
            return asked;
        var best = (Language: All[0], Quality: 0.0);
        foreach (var part in (acceptLanguage is { Length: <= MaxHeader } ? acceptLanguage : "").Split(','))
        {
            var pieces = part.Split(';', StringSplitOptions.TrimEntries);
            // The first of equals stands: the order is the reader's.
            if ((pieces[0] == "*" ? All[0] : Find(pieces[0])) is { } language && QualityOf(pieces) is var quality && quality > best.Quality)
                best = (language, quality);
        }

        return best.Language;
    }

    private static string? Find(string? tag) =>
        tag is null ? null : All.FirstOrDefault(l => tag.Trim().Split('-')[0].Equals(l, StringComparison.OrdinalIgnoreCase));

    private static double QualityOf(string[] pieces)
    {
        var written = pieces.Skip(1).FirstOrDefault(p => p.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        if (written is null)
            return 1;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        return double.TryParse(written.AsSpan(2), Style, CultureInfo.InvariantCulture, out var quality) ? Math.Min(1, quality) : 0;
    }
}
