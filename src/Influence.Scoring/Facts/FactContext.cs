using System.Collections.Immutable;

namespace Influence.Scoring.Facts;

/// <summary>What an interaction was about and where: at most five topics and one community.</summary>
/// <remarks>Equal when topics (in order) and community are equal. Pages store each distinct context once.</remarks>
public sealed class FactContext : IEquatable<FactContext>
{
    /// <summary>Nothing said.</summary>
    public static readonly FactContext None = new([], null);

    private FactContext(ImmutableArray<string> topics, string? community) => (Topics, Community) = (topics, community);

    /// <summary>0–5 topics, sorted ordinally, none twice; the interaction's points are shared equally among them.</summary>
    public ImmutableArray<string> Topics { get; }

    /// <summary>The instance, forum, organisation or workspace it happened in; null where unknown.</summary>
    public string? Community { get; }

    /// <summary>Makes a context of topics and a community in their one form; repeated topics count once.</summary>
    /// <remarks>
    /// The form is NFC, trimmed, lower case, without a leading <c>#</c>: one topic, one board. Lengths and texts are checked by
    /// <see cref="FactRules.Refuse"/>.
    /// </remarks>
    public static FactContext Of(IEnumerable<string>? topics, string? community)
    {
        ImmutableArray<string> distinct = topics is null
            ? []
            : [.. topics.Select(Fold).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return distinct.IsEmpty && community is null ? None : new FactContext(distinct, community is null ? null : Fold(community));
    }

    private static string Fold(string text)
    {
        var folded = PlainText.Fold(text);
        while (folded.StartsWith('#'))
            folded = folded[1..].TrimStart();
        return folded;
    }

    /// <summary>Ordinal order by community, then topics.</summary>
    internal int CompareTo(FactContext other)
    {
        if (ReferenceEquals(this, other))
            return 0;
        var order = string.CompareOrdinal(Community, other.Community);
        return order != 0 ? order : string.CompareOrdinal(string.Join('\n', Topics), string.Join('\n', other.Topics));
    }

    /// <inheritdoc/>
    public bool Equals(FactContext? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Community == other.Community && Topics.AsSpan().SequenceEqual(other.Topics.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FactContext);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var topic in Topics)
            hash.Add(topic, StringComparer.Ordinal);
        hash.Add(Community, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}
