using System.Buffers.Binary;
using System.Text;

namespace Influence.Scoring;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <exception cref="PageCorruptException">Thrown by every member when the bytes end too soon or hold a value that cannot be.</exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string what)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte() => Next(1)[0];

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Next(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Next(8));

    /// <summary>A count of things to follow, each at least a byte long.</summary>
    public int Count() => Int() is var count && count >= 0 && count <= rest.Length ? count : throw Corrupt("a count is out of range");

    /// <summary>A sum: finite and not negative.</summary>
    public double Sum() => BinaryPrimitives.ReadDoubleLittleEndian(Next(8)) is var sum && double.IsFinite(sum) && sum >= 0
        ? sum
        : throw Corrupt("a sum is not a finite number of 0 or more");

    public float FloatSum() => BinaryPrimitives.ReadSingleLittleEndian(Next(4)) is var sum && float.IsFinite(sum) && sum >= 0
        ? sum
        : throw Corrupt("a sum is not a finite number of 0 or more");

    public ReadOnlySpan<byte> Bytes() => Next(Int());

    public string Text()
    {
        try
        {
            return Strict.GetString(Next(BinaryPrimitives.ReadUInt16LittleEndian(Next(2))));
        }
        catch (DecoderFallbackException)
        {
            throw Corrupt("a text is not UTF-8");
        }
    }

    public readonly PageCorruptException Corrupt(string why) => new(what, why);

    private ReadOnlySpan<byte> Next(int length)
    {
        if (length < 0 || length > rest.Length) throw Corrupt("it is cut short");
        var next = rest[..length];
        rest = rest[length..];
        return next;
    }
}
