using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>One request, byte by byte.</summary>
/// <param name="Parts">What is sent, in pieces.</param>
/// <param name="IsWhole">Whether it is complete, so that an answer is due.</param>
internal sealed record HostileRequest(IReadOnlyList<byte[]> Parts, bool IsWhole)
{
    private const int Shown = 600;

    /// <summary>Whether its answer has no body.</summary>
    public bool IsHead => Parts[0].AsSpan().StartsWith("HEAD "u8);

    /// <summary>Its beginning, for a failure's message.</summary>
    public override string ToString()
    {
        var text = Encoding.Latin1.GetString([.. Parts.SelectMany(p => p).Take(Shown)]);
        return string.Concat(
            text.Select(c =>
                c is '\n' ? "\n"
                : c is < ' ' or > '~' ? $"\\x{(int)c:x2}"
                : c.ToString()
            )
        );
    }
}
