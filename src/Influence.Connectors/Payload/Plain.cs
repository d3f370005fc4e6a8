using System.Diagnostics.CodeAnalysis;

namespace Influence.Connectors.Payload;

/// <summary>
/// The rule for texts that are stored: not empty, not too long, without control characters. Text read from JSON is well-formed already.
/// </summary>
internal static class Plain
{
    public static bool IsWithin([NotNullWhen(true)] string? text, int max)
    {
        if (text is null || text.Length == 0 || text.Length > max)
            return false;
        foreach (var c in text)
            if (char.IsControl(c))
                return false;
        return true;
    }
}
