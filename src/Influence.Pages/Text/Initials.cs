using System.Globalization;
using System.Text;

namespace Influence.Pages.Text;

/// <summary>What stands in an account's circle: no picture is ever fetched from elsewhere.</summary>
internal static class Initials
{
    /// <summary>How many colours circles have.</summary>
    public const int Colours = 8;

    private const uint FnvStart = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>One or two letters as a reader sees them: of the first and last word of the name, else of the id.</summary>
    public static string Of(string id, string? name)
    {
        if (name is not null && Words(name) is { Count: > 0 } words)
            return words.Count == 1 ? words[0] : words[0] + words[^1];
        var own = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        own = own[(own.LastIndexOf('/') + 1)..];
        return Words(own) is { Count: > 0 } parts ? parts[0] : "?";
    }

    /// <summary>Its colour, 0–7, by its id: the same on every page.</summary>
    public static int ColourOf(string id)
    {
        var hash = FnvStart;
        foreach (var b in Encoding.UTF8.GetBytes(id))
            hash = unchecked((hash ^ b) * FnvPrime);
        return (int)(hash % Colours);
    }

    private static List<string> Words(string text)
    {
        var first = new List<string>();
        foreach (var word in text.Split([' ', '\u00A0', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries))
            if (FirstOf(word) is { } letter)
                first.Add(letter);
        return first;
    }

    // A grapheme that shows something: letters, digits and emoji, not brackets.
    private static string? FirstOf(string word)
    {
        var graphemes = StringInfo.GetTextElementEnumerator(word);
        while (graphemes.MoveNext())
        {
            var grapheme = graphemes.GetTextElement();
            if (
                Rune.TryGetRuneAt(grapheme, 0, out var rune)
                && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol)
            )
                return grapheme.ToUpperInvariant();
        }

        return null;
    }
}
