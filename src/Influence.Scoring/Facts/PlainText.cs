using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Influence.Scoring.Facts;

/// <summary>What every piece of text that is stored must be: well-formed Unicode without control characters.</summary>
public static class PlainText
{
    /// <summary>Whether a text is there, not empty, not too long, and well-formed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">Its most characters.</param>
    public static bool IsWithin([NotNullWhen(true)] string? text, int max) =>
        text is { Length: > 0 } && text.Length <= max && IsWellFormed(text);

    /// <summary>Whether a text has neither control characters nor half a surrogate pair.</summary>
    /// <remarks>Control characters break table keys; two halves of surrogate pairs would encode alike.</remarks>
    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        // Printable ASCII, which most text is, needs no decoding.
        if (!text.ContainsAnyExceptInRange(' ', '~'))
            return true;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) != OperationStatus.Done || Rune.IsControl(rune))
                return false;
            text = text[taken..];
        }

        return true;
    }
}
