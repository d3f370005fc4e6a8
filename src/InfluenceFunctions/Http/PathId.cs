namespace InfluenceFunctions.Http;

/// <summary>
/// Ids in paths. The host decodes every escape but <c>%2F</c>, which arrives as that text: from a slash, or rarely from an id that holds
/// it.
/// </summary>
internal static class PathId
{
    private const string Slash = "%2F";

    // Each occurrence doubles what the caller may have meant.
    private const int MostAmbiguous = 3;

    /// <summary>What the caller may have meant, likeliest first: slashes wherever they can be.</summary>
    public static IEnumerable<string> Candidates(string routeValue) => Candidates(routeValue, MostAmbiguous);

    private static IEnumerable<string> Candidates(string text, int ambiguous)
    {
        var at = text.IndexOf(Slash, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return [text];
        if (ambiguous == 0)
            return [text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase)];
        var (head, literal, rests) = (text[..at], text.Substring(at, Slash.Length), Candidates(text[(at + Slash.Length)..], ambiguous - 1));
        return rests.Select(rest => $"{head}/{rest}").Concat(rests.Select(rest => $"{head}{literal}{rest}"));
    }
}
