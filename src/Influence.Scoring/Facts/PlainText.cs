using System.Buffers;
using System.Text;

namespace Influence.Scoring.Facts;

/// <summary>What every piece of text that is stored must be: well-formed Unicode without control characters.</summary>
internal static class PlainText
{
    /// <summary>
    /// False for a control character (they break table keys) and for half a surrogate pair (two of them would encode alike).
    /// </summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) != OperationStatus.Done || Rune.IsControl(rune))
                return false;
            text = text[taken..];
        }

        return true;
    }
}
