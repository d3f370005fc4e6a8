using System.Globalization;
using System.Text;

namespace Influence.Connectors.Payload;

/// <summary>People named as <c>@name</c> in text that people see.</summary>
public static class Mentions
{
    /// <summary>Most people one text can mention here: beyond that it is a list, not a word to somebody.</summary>
    public const int Max = 20;

    /// <summary>The names in a text of Markdown, in lower case, each once, at most <see cref="Max"/>.</summary>
    /// <remarks>
    /// Not in code, quoted lines, HTML comments and addresses, and no teams (<c>@org/team</c>). Names are of ASCII letters: one that goes
    /// on with another letter is none.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="maxName">Longest name there can be; a longer run of letters is none.</param>
    /// <param name="alsoInNames">What names may hold, within, besides letters, digits, <c>-</c> and <c>_</c>.</param>
    public static IReadOnlyCollection<string> In(string? text, int maxName, string alsoInNames = "") =>
        Has(text) ? Read(MarkdownText.Of(text!), new Names(maxName, alsoInNames, AnyScript: false)) : [];

    /// <summary>The same where names may be of any script.</summary>
    public static IReadOnlyCollection<string> OfAnyScriptIn(string? text, int maxName, string alsoInNames = "") =>
        Has(text) ? Read(MarkdownText.Of(text!), new Names(maxName, alsoInNames, AnyScript: true)) : [];

    /// <summary>The same in plain text, where every character is shown as it is.</summary>
    public static IReadOnlyCollection<string> InPlain(string? text, int maxName, string alsoInNames = "") =>
        Has(text) ? Read(text!, new Names(maxName, alsoInNames, AnyScript: false)) : [];

    private static bool Has(string? text) => text?.Contains('@', StringComparison.Ordinal) == true;

    private static HashSet<string> Read(ReadOnlySpan<char> text, Names rules)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length && names.Count < Max; )
        {
            var next = text[at..].IndexOfAny("@:");
            if (next < 0)
                break;
            at += next;
            if (text[at] == ':')
            {
                at += text[at..].StartsWith("://", StringComparison.Ordinal) ? LengthOfAddress(text[at..]) : 1;
                continue;
            }

            var end = rules.EndOf(text, at + 1);
            var name = text[(at + 1)..end].TrimEnd("-_.");
            if (rules.CanBegin(text, at) && rules.IsName(name) && !Names.GoesOn(text, end))
                names.Add(name.ToString().ToLowerInvariant());
            at = end;
        }

        return names;
    }

    private static int LengthOfAddress(ReadOnlySpan<char> text) =>
        text.IndexOfAny(" \t\r\n<") is >= 0 and var length ? length : text.Length;

    private sealed record Names(int Max, string Also, bool AnyScript)
    {
        public int EndOf(ReadOnlySpan<char> text, int from)
        {
            while (from < text.Length && (IsPart(text[from]) || Also.Contains(text[from], StringComparison.Ordinal)))
                from++;
            return from;
        }

        public bool IsName(ReadOnlySpan<char> name) => name.Length > 0 && name.Length <= Max && name[0] != '-';

        // Not within a word, an address or a path. Scripts without spaces put a name right behind a word.
        public bool CanBegin(ReadOnlySpan<char> text, int at)
        {
            // Underscores may be emphasis.
            while (at > 0 && text[at - 1] == '_')
                at--;
            return at == 0
                || !(IsPart(text[at - 1]) || text[at - 1] is '@' or '/' or '.' || char.IsLower(text[at - 1]) || char.IsUpper(text[at - 1]));
        }

        // @org/team, or a word of another script.
        public static bool GoesOn(ReadOnlySpan<char> text, int end)
        {
            if (end == text.Length)
                return false;
            Rune.DecodeFromUtf16(text[end..], out var next, out _);
            return text[end] == '/' || Rune.IsLetterOrDigit(next) || IsMark(Rune.GetUnicodeCategory(next));
        }

        private bool IsPart(char c) =>
            char.IsAsciiLetterOrDigit(c)
            || c is '-' or '_'
            || (AnyScript && (char.IsLetterOrDigit(c) || IsMark(char.GetUnicodeCategory(c))));

        private static bool IsMark(UnicodeCategory category) =>
            category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
