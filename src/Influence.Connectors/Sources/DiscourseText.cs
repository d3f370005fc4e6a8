namespace Influence.Connectors.Sources;

/// <summary>The people that a Discourse post (its Markdown) quotes and mentions, in lower case, each once.</summary>
internal sealed record DiscourseText(IReadOnlyCollection<string> Quoted, IReadOnlyCollection<string> Mentioned)
{
    private const string Open = "[quote";
    private const string Close = "[/quote]";
    private const int MaxName = 60;

    /// <summary>Reads the Markdown; what is inside a quotation was said by another and mentions nobody.</summary>
    public static DiscourseText Read(string? raw)
    {
        var quoted = new HashSet<string>(StringComparer.Ordinal);
        var own = new System.Text.StringBuilder();
        var text = raw.AsSpan();
        for (var depth = 0; ; )
        {
            var tag = NextTag(text);
            if (depth == 0)
                own.Append(text[..(tag?.At ?? text.Length)]).Append('\n');
            if (tag is not { } found)
                break;
            var rest = text[found.At..];
            // A quotation that does not end is none.
            if (found.IsOpen && depth == 0 && !rest.Contains(Close, StringComparison.OrdinalIgnoreCase))
            {
                own.Append(rest);
                break;
            }

            if (found.IsOpen && depth == 0 && quoted.Count < Mentions.Max && NameOf(rest) is { } name)
                quoted.Add(name);
            depth = Math.Max(0, depth + (found.IsOpen ? 1 : -1));
            text = rest[(found.IsOpen ? Open.Length : Close.Length)..];
        }

        return new DiscourseText(quoted, Mentions.OfAnyScriptIn(own.ToString(), MaxName, alsoInNames: "."));
    }

    private static (int At, bool IsOpen)? NextTag(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOf('[') is >= 0 and var next; )
        {
            from += next + 1;
            var tag = text[(from - 1)..];
            if (tag.StartsWith(Open, StringComparison.OrdinalIgnoreCase))
                return (from - 1, true);
            if (tag.StartsWith(Close, StringComparison.OrdinalIgnoreCase))
                return (from - 1, false);
        }

        return null;
    }

    // [quote=name], [quote="name, post:3, topic:12"]; with a display name in front, the username is its own part:
    // [quote="Name, post:3, topic:12, username:name"].
    private static string? NameOf(ReadOnlySpan<char> tag)
    {
        if (tag.IndexOf(']') is not (> 0 and var end) || end > 512 || tag[Open.Length] != '=')
            return null;
        var parts = tag[(Open.Length + 1)..end].Trim("\"' ").ToString().Split(',', StringSplitOptions.TrimEntries);
        var name =
            parts.FirstOrDefault(p => p.StartsWith("username:", StringComparison.OrdinalIgnoreCase))?["username:".Length..].Trim()
            ?? parts[0];
        return name.Length is > 0 and <= MaxName ? name.ToLowerInvariant() : null;
    }
}
