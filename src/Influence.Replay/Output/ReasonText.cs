using System.Globalization;

namespace Influence.Replay.Output;

/// <summary>An explanation as lines of text.</summary>
internal static class ReasonText
{
    /// <summary>Longest line, columns; a longer word stands on a line of its own.</summary>
    public const int Width = 100;

    private const string Margin = "  ";
    private const string Hanging = "    ";

    /// <summary>Who it is about, its sentences, and where all of it is; nothing where a server told no sentences.</summary>
    /// <param name="explanation">The explanation, perhaps of a server of another version.</param>
    /// <param name="at">Its address.</param>
    public static IEnumerable<string> Of(Explanation explanation, Uri at)
    {
        if (explanation is not { Sentences: { Count: > 0 } sentences, Now: { } now })
            yield break;
        var who = explanation.Name is { Length: > 0 } name ? $"{name} ({explanation.Id})" : explanation.Id;
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"Why {who} has {now.Score:0.00}:");
        foreach (var line in sentences.SelectMany(s => Wrap(s.Text ?? "")))
            yield return line;
        yield return $"All of it, while the app runs: {at.AbsoluteUri}";
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = Margin;
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                (line, isEmpty) = (Hanging, true);
            }

            line += isEmpty ? word : $" {word}";
            isEmpty = false;
        }

        if (!isEmpty)
            yield return line;
    }
}
