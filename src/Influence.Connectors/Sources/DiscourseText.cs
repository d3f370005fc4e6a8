namespace Influence.Connectors.Sources;

/// <summary>The people that a Discourse post (its Markdown) quotes and mentions, in lower case, each once.</summary>
internal sealed record DiscourseText(IReadOnlyCollection<string> Quoted, IReadOnlyCollection<string> Mentioned)
{
    private const string Open = "[quote=\"";
    private const int MaxName = 60;

    /// <summary>Reads the Markdown; what is inside a quotation was said by another and mentions nobody.</summary>
    public static DiscourseText Read(string? raw)
    {
        var quoted = new HashSet<string>(StringComparer.Ordinal);
        var own = new System.Text.StringBuilder();
        var depth = 0;
        foreach (var line in raw.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("[quote", StringComparison.OrdinalIgnoreCase))
            {
                depth++;
                if (depth == 1 && quoted.Count < Mentions.Max && NameOf(trimmed) is { } name)
                    quoted.Add(name);
            }
            else if (depth == 0)
                own.Append(line).Append('\n');
            if (depth > 0 && trimmed.EndsWith("[/quote]", StringComparison.OrdinalIgnoreCase))
                depth--;
        }

        return new DiscourseText(quoted, Mentions.In(own.ToString(), MaxName, alsoInNames: "."));
    }

    // [quote="name, post:3, topic:12"]; with a display name in front, the username is its own part: [quote="Name, post:3, topic:12,
    // username:name"].
    private static string? NameOf(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(Open, StringComparison.OrdinalIgnoreCase) || line[Open.Length..].IndexOf('"') is not (> 0 and var end))
            return null;
        var parts = line.Slice(Open.Length, end).ToString().Split(',', StringSplitOptions.TrimEntries);
        var name =
            parts.FirstOrDefault(p => p.StartsWith("username:", StringComparison.OrdinalIgnoreCase))?["username:".Length..].Trim()
            ?? parts[0];
        return name.Length is > 0 and <= MaxName ? name.ToLowerInvariant() : null;
    }
}
