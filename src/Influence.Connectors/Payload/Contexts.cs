namespace Influence.Connectors.Payload;

/// <summary>Contexts of interactions: a tag that breaks a rule is left out rather than costing the interaction.</summary>
public static class Contexts
{
    // Whatever has more tags than this was not written by a person: the rest is not looked at.
    private const int MaxRead = 100;

    /// <summary>The first five fit topics, in lower case and without a leading <c>#</c>, and the community if it fits.</summary>
    /// <param name="topics">Hashtags, categories, repository topics.</param>
    /// <param name="community">Instance, forum, organisation, workspace; null where unknown.</param>
    public static FactContext Of(IEnumerable<string?> topics, string? community) =>
        FactContext.Of(
            topics.Take(MaxRead).Select(Clean).OfType<string>().Distinct(StringComparer.Ordinal).Take(FactRules.MaxTopics),
            PlainText.IsReadable(community, FactRules.MaxCommunity) ? community : null
        );

    private static string? Clean(string? topic)
    {
        var clean = topic?.Trim().TrimStart('#').ToLowerInvariant();
        return PlainText.IsReadable(clean, FactRules.MaxTopic) ? clean : null;
    }
}

/// <summary>Hashtags of sources that give only the text.</summary>
internal static class Hashtags
{
    private const int Max = 30;

    /// <summary>The tags of a text in their order, without <c>#</c>, at most 30.</summary>
    /// <remarks>Letters, digits and <c>_</c>, not only digits, not within a word or an address.</remarks>
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
