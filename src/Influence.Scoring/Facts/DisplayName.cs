using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Influence.Scoring.Facts;

/// <summary>How a person or an organisation is shown: what a name may hold, and which of several is kept.</summary>
/// <remarks>Names are shown and never scored (docs/scoring.md, "Names").</remarks>
public static class DisplayName
{
    // What a name is made of stands at the beginning of a text, however long that is.
    private const int MaxRead = 1024;
    private const string Instead = "Send the name as people see it, or leave the field out";

    /// <summary>A name made of any outside text; null when nothing of it can be shown.</summary>
    /// <remarks>
    /// Invisible characters leave, white space becomes single spaces, and what is over <see cref="FactRules.MaxName"/> characters is cut
    /// where no character that people see is split: so no name, however strange, costs the fact that it comes with.
    /// </remarks>
    public static string? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var kept = new StringBuilder(Math.Min(text.Length, MaxRead));
        var isApart = false;
        // Half a surrogate pair is read as U+FFFD, which nobody means to show.
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxRead)).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                isApart = kept.Length > 0;
            else if (rune != Rune.ReplacementChar && (PlainText.IsVisible(rune) || PlainText.IsJoiner(rune)))
            {
                if (isApart)
                    kept.Append(' ');
                isApart = false;
                kept.Append(rune);
            }
        }

        var name = Cut(PlainText.Compose(kept.ToString())).Trim();
        return HasVisible(name) ? name : null;
    }

    /// <summary>The form in which a name is kept: NFC and trimmed.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? FormOf(string? name) => name is null ? null : PlainText.Compose(name).Trim();

    /// <summary>Why a name cannot be taken; null when it can, or there is none.</summary>
    public static FactRefusal? Refuse(string field, string? name)
    {
        if (name is null)
            return null;
        if (FactRules.RefuseName(field, name, FactRules.MaxName) is { } refusal)
            return refusal with { Rule = $"{refusal.Rule}. {Instead}" };
        return HasVisible(name) ? null : FactRefusal.Invalid(field, $"holds nothing that can be seen. {Instead}");
    }

    /// <summary>Whether a name takes the place of the one known: the later one, of one moment the ordinally larger.</summary>
    /// <remarks>A total order, so that the order in which names come does not matter.</remarks>
    internal static bool Replaces(string name, long at, string? known, long knownAt) =>
        known is null || at > knownAt || (at == knownAt && string.CompareOrdinal(name, known) > 0);

    private static bool HasVisible(string name)
    {
        foreach (var rune in name.EnumerateRunes())
            if (PlainText.IsVisible(rune) && !Rune.IsWhiteSpace(rune))
                return true;
        return false;
    }

    private static string Cut(string text)
    {
        if (text.Length <= FactRules.MaxName)
            return text;
        var length = 0;
        while (length + StringInfo.GetNextTextElementLength(text, length) is var next && next <= FactRules.MaxName)
            length = next;
        return text[..length];
    }
}
