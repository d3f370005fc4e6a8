namespace Influence.Connectors.Sources;

/// <summary>The people named in a Slack message: <c>&lt;@U1&gt;</c>, not in code and not in quoted lines.</summary>
internal static class SlackText
{
    private const string Block = "```";

    /// <summary>The ids of the users named, each once, in their order, at most <see cref="Mentions.Max"/>.</summary>
    public static IReadOnlyCollection<string> Named(string? text)
    {
        var named = new List<string>();
        if (text is null || !text.Contains("<@", StringComparison.Ordinal))
            return named;
        var rest = text.AsSpan();
        while (!rest.IsEmpty && named.Count < Mentions.Max)
        {
            var open = rest.IndexOf(Block);
            InLines(open < 0 ? rest : rest[..open], named);
            if (open < 0)
                break;
            rest = rest[(open + Block.Length)..];
            // Without an end it is no code.
            var close = rest.IndexOf(Block);
            if (close >= 0)
                rest = rest[(close + Block.Length)..];
        }

        return named;
    }

    // Slack escapes what is typed: a line that begins with &gt; is a quotation, and all that follows one that begins with three.
    private static void InLines(ReadOnlySpan<char> text, List<string> named)
    {
        foreach (var line in text.EnumerateLines())
        {
            if (line.StartsWith("&gt;&gt;&gt;", StringComparison.Ordinal))
                return;
            if (!line.StartsWith("&gt;", StringComparison.Ordinal))
                InLine(line, named);
        }
    }

    private static void InLine(ReadOnlySpan<char> line, List<string> named)
    {
        for (var at = 0; at < line.Length && named.Count < Mentions.Max; at++)
        {
            if (line[at] == '`' && line[(at + 1)..].IndexOf('`') is >= 0 and var length)
                at += length + 1;
            else if (line[at..].StartsWith("<@", StringComparison.Ordinal) && UserAt(line[(at + 2)..]) is { } user && !named.Contains(user))
                named.Add(user);
        }
    }

    private static string? UserAt(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            end++;
        return end > 0 && end < text.Length && text[end] is ('>' or '|') ? text[..end].ToString() : null;
    }
}
