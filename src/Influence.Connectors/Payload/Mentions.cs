namespace Influence.Connectors.Payload;

/// <summary>People named as <c>@name</c> in Markdown or plain text.</summary>
public static class Mentions
{
    /// <summary>Most people one text can mention here: beyond that it is a list, not a word to somebody.</summary>
    public const int Max = 20;

    /// <summary>The names in a text, in lower case, each once, at most <see cref="Max"/>.</summary>
    /// <remarks>Not in code or quoted lines, not in e-mail addresses, and no teams (<c>@org/team</c>).</remarks>
    /// <param name="text">The text.</param>
    /// <param name="maxName">Longest name there can be; a longer run of letters is none.</param>
    /// <param name="alsoInNames">What names may hold, within, besides letters, digits, <c>-</c> and <c>_</c>.</param>
    public static IReadOnlyCollection<string> In(string? text, int maxName, string alsoInNames = "")
    {
        if (text is null || !text.Contains('@', StringComparison.Ordinal))
            return [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        var fenced = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
                fenced = !fenced;
            else if (!fenced && !trimmed.StartsWith(">", StringComparison.Ordinal))
                InLine(line, maxName, alsoInNames, names);
            if (names.Count >= Max)
                break;
        }

        return names;
    }

    private static void InLine(ReadOnlySpan<char> line, int maxName, string alsoInNames, HashSet<string> names)
    {
        var inCode = false;
        for (var i = 0; i < line.Length && names.Count < Max; i++)
        {
            if (line[i] == '`')
                inCode = !inCode;
            if (line[i] != '@' || inCode || (i > 0 && (IsNamePart(line[i - 1]) || line[i - 1] is '@' or '/' or '.')))
                continue;
            var end = i + 1;
            while (end < line.Length && (IsNamePart(line[end]) || alsoInNames.Contains(line[end], StringComparison.Ordinal)))
                end++;
            var name = line[(i + 1)..end].TrimEnd("-_.");
            if (name.Length > 0 && name.Length <= maxName && name[0] != '-' && !(end < line.Length && line[end] == '/'))
                names.Add(name.ToString().ToLowerInvariant());
            i = end - 1;
        }
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
