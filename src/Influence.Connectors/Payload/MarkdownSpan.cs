using System.Text;

namespace Influence.Connectors.Payload;

/// <summary>What people see of a paragraph of Markdown.</summary>
/// <remarks>
/// Without code in backticks (a run of them closes only with a run of its own length) and in HTML, comments, tags, and the addresses of
/// links. Every search that fails once is not tried again, so that the time is in proportion to the text.
/// </remarks>
internal ref struct MarkdownSpan
{
    private static readonly string[] Code = ["code", "tt", "samp", "kbd", .. MarkdownText.Hiding];

    private readonly ReadOnlySpan<char> text;
    private readonly StringBuilder visible;

    // Of every length of runs of backticks, where the last one begins.
    private readonly Dictionary<int, int> lastRuns;
    private bool hasNoComment;
    private int addressEnd;
    private int? linkEnd;

    private MarkdownSpan(ReadOnlySpan<char> text, StringBuilder visible)
    {
        this.text = text;
        this.visible = visible;
        lastRuns = [];
        for (var at = text.IndexOf('`'); at >= 0 && at < text.Length; )
        {
            var length = RunAt(at);
            lastRuns[length] = at;
            var next = text[(at + length)..].IndexOf('`');
            at = next < 0 ? -1 : at + length + next;
        }
    }

    /// <summary>Appends what is seen; what is left out becomes a space.</summary>
    public static void AppendVisible(ReadOnlySpan<char> text, StringBuilder visible)
    {
        var span = new MarkdownSpan(text, visible);
        for (var at = 0; at < text.Length; )
        {
            var plain = text[at..].IndexOfAny(@"\`<]");
            visible.Append(plain < 0 ? text[at..] : text.Slice(at, plain));
            at = plain < 0 ? text.Length : span.After(at + plain);
        }
    }

    /// <summary>Whether a text behind <c>&lt;</c> begins the tag of a name.</summary>
    public static bool IsTag(ReadOnlySpan<char> text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (text.Length == name.Length || text[name.Length] is '>' or ' ' or '\t' or '\n' or '/');

    private int After(int at) =>
        text[at] switch
        {
            '\\' => AfterEscape(at),
            '`' => AfterBackticks(at),
            '<' => AfterTag(at),
            _ => AfterLink(at),
        };

    private readonly int AfterEscape(int at)
    {
        if (at + 1 < text.Length && char.IsAscii(text[at + 1]) && (char.IsPunctuation(text[at + 1]) || char.IsSymbol(text[at + 1])))
            at++;
        return Show(at, at + 1);
    }

    private readonly int AfterBackticks(int at)
    {
        var length = RunAt(at);
        if (!lastRuns.TryGetValue(length, out var last) || last <= at)
            return Show(at, at + length);
        for (var run = at + length; ; )
        {
            run += text[run..].IndexOf('`');
            var other = RunAt(run);
            run += other;
            if (other == length)
                return Skip(run);
        }
    }

    private int AfterTag(int at)
    {
        var rest = text[(at + 1)..];
        if (rest.StartsWith("!--", StringComparison.Ordinal))
        {
            var end = hasNoComment ? -1 : rest[1..].IndexOf("-->", StringComparison.Ordinal);
            hasNoComment = end < 0;
            return end < 0 ? Show(at, at + 1) : Skip(at + 2 + end + 3);
        }

        foreach (var name in Code)
            if (IsTag(rest, name))
                return AfterCode(at, name);
        return EndOfTag(at) is { } after ? Skip(after) : Show(at, at + 1);
    }

    // To its end, or to that of the paragraph.
    private readonly int AfterCode(int at, string name)
    {
        var closing = $"</{name}>";
        var end = text[at..].IndexOf(closing, StringComparison.OrdinalIgnoreCase);
        return Skip(end < 0 ? text.Length : at + end + closing.Length);
    }

    // <name attribute="value">, </name>, or an address in angle brackets; null for what is just a sign.
    private readonly int? EndOfTag(int at)
    {
        var i = at + 1;
        if (i < text.Length && text[i] == '/')
            i++;
        if (i >= text.Length || !char.IsAsciiLetter(text[i]))
            return null;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '>')
                return i + 1;
            if (c is '"' or '\'' && text[i - 1] == '=')
            {
                var end = text[(i + 1)..].IndexOf(c);
                if (end < 0)
                    return null;
                i += end + 1;
            }
            else if (c is '<' or '`' || (c == '@' && (char.IsWhiteSpace(text[i - 1]))))
                return null;
        }

        return null;
    }

    // ](address) or ](address "title"); the text of the link was shown already.
    private int AfterLink(int at)
    {
        if (at + 1 >= text.Length || text[at + 1] != '(')
            return Show(at, at + 1);
        if (addressEnd < at + 2)
            (addressEnd, linkEnd) = EndsOfLink(at + 2);
        return linkEnd is { } end ? Skip(end) : Show(at, at + 1);
    }

    // Where the address ends, and where the whole link does; null when that is none.
    private readonly (int Address, int? Link) EndsOfLink(int from)
    {
        from = AfterSpaces(from);
        var address = text[from..].IndexOfAny(") \t\n") is >= 0 and var length ? from + length : text.Length;
        var end = AfterSpaces(address);
        if (end < text.Length && text[end] is '"' or '\'' && text[(end + 1)..].IndexOf(text[end]) is >= 0 and var title)
            end = AfterSpaces(end + title + 2);
        return (address, end < text.Length && text[end] == ')' ? end + 1 : null);
    }

    private readonly int AfterSpaces(int from) =>
        text[from..].IndexOfAnyExcept(" \t\n") is >= 0 and var length ? from + length : text.Length;

    private readonly int RunAt(int at) => text[at..].IndexOfAnyExcept('`') is >= 0 and var length ? length : text.Length - at;

    private readonly int Show(int from, int to)
    {
        visible.Append(text[from..to]);
        return to;
    }

    private readonly int Skip(int to)
    {
        visible.Append(' ');
        return to;
    }
}
