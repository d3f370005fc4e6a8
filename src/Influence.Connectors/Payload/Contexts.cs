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
            PlainText.IsWithin(community, FactRules.MaxCommunity) ? community : null
        );

    private static string? Clean(string? topic)
    {
        var clean = topic?.Trim().TrimStart('#').ToLowerInvariant();
        return PlainText.IsWithin(clean, FactRules.MaxTopic) ? clean : null;
    }
}
