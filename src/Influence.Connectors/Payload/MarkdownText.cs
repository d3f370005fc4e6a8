using System.Text;

namespace Influence.Connectors.Payload;

/// <summary>What people see of a Markdown text as its writer's own words.</summary>
/// <remarks>
/// Without code (fenced, indented, in backticks, in HTML), HTML comments, quoted lines, and addresses. This class knows the blocks,
/// <see cref="MarkdownSpan"/> what is within one. Not Markdig: it takes seconds for 256 KiB of <c>[a](</c>, since its time grows with the
/// square of such a text, and throws on deep nesting. This takes a bounded time for each character.
/// </remarks>
internal sealed class MarkdownText
{
    private const int CodeIndent = 4;

    // HTML that shows nothing of one's own and where it begins a line goes on over blank lines until it ends.
    internal static readonly string[] Hiding = ["pre", "script", "style", "textarea", "blockquote"];

    private readonly StringBuilder visible = new();
    private readonly StringBuilder paragraph = new();

    // The columns at which the contents of the open list items begin.
    private readonly List<int> items = [];
    private (char Mark, int Length, int Column)? fence;
    private string? hiddenUntil;

    // Where the line that a mail program puts before a quotation stands in the visible text.
    private int? attribution;

    private MarkdownText() { }

    /// <summary>The visible text: what was left out is a space.</summary>
    public static string Of(string text)
    {
        var reader = new MarkdownText();
        foreach (var line in text.AsSpan().EnumerateLines())
            reader.Line(line);
        reader.EndParagraph();
        return reader.visible.ToString();
    }

    private void Line(ReadOnlySpan<char> line)
    {
        if (hiddenUntil is not null)
        {
            Hide(line);
            return;
        }

        var content = line.TrimStart(" \t");
        var column = ColumnOf(line[..^content.Length]);
        if (content.IsEmpty)
        {
            EndParagraph();
            return;
        }

        while (items.Count > 0 && column < items[^1])
            items.RemoveAt(items.Count - 1);
        if (fence is { } open && column >= open.Column)
        {
            if (IsClosing(content, open.Mark, open.Length))
                fence = null;
            return;
        }

        // A fence ends with the list item that it is in.
        fence = null;
        if (paragraph.Length == 0 && column - (items.Count > 0 ? items[^1] : 0) >= CodeIndent)
            return;
        Block(content, column);
    }

    // Whatever begins with the line, list items from the outermost to the innermost.
    private void Block(ReadOnlySpan<char> content, int column)
    {
        while (MarkerOf(content) is > 0 and var marker)
        {
            EndParagraph();
            var rest = content[marker..].TrimStart(" \t");
            var spaces = content.Length - marker - rest.Length;
            // Further in than a list item's text, it is code again.
            if (spaces > CodeIndent)
                return;
            column += marker + spaces;
            items.Add(column);
            content = rest;
        }

        if (content.IsEmpty)
            return;
        if (content[0] == '>')
        {
            EndParagraph();
            if (attribution is { } start)
                visible.Length = start;
            return;
        }

        attribution = null;
        if (OpeningOf(content) is { } mark)
        {
            EndParagraph();
            fence = (mark.Mark, mark.Length, items.Count > 0 ? items[^1] : 0);
        }
        else if (EndOfHidden(content) is { } end)
        {
            EndParagraph();
            hiddenUntil = end;
            Hide(content[2..]);
        }
        else if (content[0] == '#' || IsRule(content))
        {
            EndParagraph();
            paragraph.Append(content);
            EndParagraph();
        }
        else
            paragraph.Append(content).Append('\n');
    }

    // Further tags in the rest are within a paragraph.
    private void Hide(ReadOnlySpan<char> line)
    {
        var end = line.IndexOf(hiddenUntil, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            return;
        paragraph.Append(line[(end + hiddenUntil!.Length)..]).Append('\n');
        hiddenUntil = null;
    }

    private void EndParagraph()
    {
        if (paragraph.Length == 0)
            return;
        var text = paragraph.ToString();
        paragraph.Clear();
        // Of several lines, the last that begins like it.
        var line = text.LastIndexOf("\nOn ", StringComparison.Ordinal) + 1;
        var isAttribution =
            text.AsSpan(line).StartsWith("On ", StringComparison.Ordinal)
            && text.AsSpan().TrimEnd().EndsWith("wrote:", StringComparison.Ordinal);
        if (isAttribution)
        {
            MarkdownSpan.AppendVisible(text.AsSpan(0, line), visible);
            attribution = visible.Length;
            text = text[line..];
        }

        MarkdownSpan.AppendVisible(text, visible);
        visible.Append('\n');
    }

    private static string? EndOfHidden(ReadOnlySpan<char> content)
    {
        if (content.StartsWith("<!--", StringComparison.Ordinal))
            return "-->";
        foreach (var name in Hiding)
            if (content[0] == '<' && MarkdownSpan.IsTag(content[1..], name))
                return $"</{name}>";
        return null;
    }

    // "-", "*", "+", "1." or "1)" before a space: how many characters; 0 for anything else.
    private static int MarkerOf(ReadOnlySpan<char> content)
    {
        var digits = 0;
        while (digits < Math.Min(9, content.Length) && char.IsAsciiDigit(content[digits]))
            digits++;
        var isMarker = digits < content.Length && (digits > 0 ? content[digits] is '.' or ')' : content[0] is '-' or '*' or '+');
        return isMarker && digits + 1 < content.Length && content[digits + 1] is ' ' or '\t' ? digits + 1 : 0;
    }

    private static (char Mark, int Length)? OpeningOf(ReadOnlySpan<char> content)
    {
        var (mark, length) = (content[0], LengthOf(content, content[0]));
        var isFence = length >= 3 && (mark == '~' || (mark == '`' && !content[length..].Contains('`')));
        return isFence ? (mark, length) : null;
    }

    private static bool IsClosing(ReadOnlySpan<char> content, char mark, int length) =>
        LengthOf(content, mark) is var run && run >= length && content[run..].IsWhiteSpace();

    private static bool IsRule(ReadOnlySpan<char> content) =>
        content[0] is '-' or '=' or '*' or '_' && !content.ContainsAnyExcept(content[0], ' ');

    private static int LengthOf(ReadOnlySpan<char> text, char of) =>
        text.IndexOfAnyExcept(of) is >= 0 and var length ? length : text.Length;

    private static int ColumnOf(ReadOnlySpan<char> indent)
    {
        var column = 0;
        foreach (var c in indent)
            column = c == '\t' ? (column / CodeIndent * CodeIndent) + CodeIndent : column + 1;
        return column;
    }
}
