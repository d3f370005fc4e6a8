namespace Influence.Connectors.Payload;

/// <summary>Hashtags of sources that give only the text.</summary>
internal static class Hashtags
{
    private const int Max = 30;

    /// <summary>
    /// The tags of a text in their order, without <c>#</c>: letters, digits and <c>_</c>, not only digits, not within a word or an address.
    /// </summary>
    public static IReadOnlyList<string> In(string? text)
    {
        var tags = new List<string>();
        for (var at = text?.IndexOf('#', StringComparison.Ordinal) ?? -1; at >= 0 && tags.Count < Max; at = text!.IndexOf('#', at + 1))
        {
            var end = at + 1;
            while (end < text!.Length && IsPart(text[end]))
                end++;
            var tag = text.AsSpan(at + 1, end - at - 1);
            if (at > 0 && (IsPart(text[at - 1]) || text[at - 1] is '/' or '&' or '#'))
                continue;
            if (tag.ContainsAnyExceptInRange('0', '9'))
                tags.Add(tag.ToString());
        }

        return tags;
    }

    private static bool IsPart(char c) =>
        char.IsLetterOrDigit(c) || c == '_' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
