namespace Influence.Connectors.Sources;

/// <summary>The hashtags of a LinkedIn text: <c>#tides</c>, or <c>{hashtag|\#|tides}</c> in its own notation.</summary>
internal static class LinkedInText
{
    private const string Notation = "{hashtag|\\#|";

    /// <summary>The first hashtags, up to as many as an interaction can have topics and a few to spare.</summary>
    public static IEnumerable<string> Hashtags(string? text)
    {
        if (text is null)
            yield break;
        var found = 0;
        for (var at = text.IndexOf('#', StringComparison.Ordinal); at >= 0 && found < 16; at = text.IndexOf('#', at + 1))
        {
            var isNotation = text.AsSpan(0, Math.Min(at + 2, text.Length)).EndsWith(Notation, StringComparison.Ordinal);
            if (!isNotation && at > 0 && IsWord(text[at - 1]))
                continue;
            var start = isNotation ? at + 2 : at + 1;
            var end = start;
            while (end < text.Length && IsWord(text[end]))
                end++;
            if (end == start)
                continue;
            found++;
            yield return text[start..end];
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_';
}
