using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Influence.Replay.Readers;

/// <summary>One item of JSON without line breaks, whose moment can be moved without touching the rest.</summary>
/// <param name="Json">The item.</param>
/// <param name="AtStart">Where the value of its <c>at</c> begins.</param>
/// <param name="AtLength">How long that value is.</param>
/// <param name="At">What that value means, Unix seconds UTC.</param>
internal readonly record struct FactLine(ReadOnlyMemory<byte> Json, int AtStart, int AtLength, long At)
{
    /// <summary>Whether the moment is written as seconds also where it is not moved.</summary>
    /// <remarks>The API does not read the form it has.</remarks>
    public bool IsRewritten { get; init; }

    /// <summary>Writes an interaction that is not JSON yet.</summary>
    public static FactLine Of(in InteractionFields fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, FactWriter.Options))
            FactWriter.Write(json, fields);
        // The moment is the last field: its place is known by counting from the end.
        var digits = fields.At.ToString(CultureInfo.InvariantCulture).Length;
        return new FactLine(buffer.WrittenMemory, buffer.WrittenCount - 1 - digits, digits, fields.At);
    }

    /// <summary>The most bytes that <see cref="WriteTo"/> writes: the item, digits of a moved moment, the line break.</summary>
    public int MaxLength => Json.Length + 11;

    /// <summary>Writes the item and a line break. Unmoved, and not rewritten, it is byte for byte what was read.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="shift">Seconds to add to its moment.</param>
    public void WriteTo(IBufferWriter<byte> to, long shift)
    {
        if (shift == 0 && !IsRewritten)
        {
            to.Write(Json.Span);
        }
        else
        {
            to.Write(Json.Span[..AtStart]);
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(Math.Clamp(At + shift, 0, Timestamp.MaxSeconds), digits, out var length);
            to.Write(digits[..length]);
            to.Write(Json.Span[(AtStart + AtLength)..]);
        }

        to.Write("\n"u8);
    }
}
