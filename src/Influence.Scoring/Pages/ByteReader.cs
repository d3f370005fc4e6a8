using System.Buffers.Binary;
using System.Text;

namespace Influence.Scoring.Pages;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <exception cref="PageCorruptException">Thrown by every member when the bytes end too soon or hold a value that cannot be.</exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string what)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte() => Next(1)[0];

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Next(4));

    public uint UInt() => BinaryPrimitives.ReadUInt32LittleEndian(Next(4));

    public ulong ULong() => BinaryPrimitives.ReadUInt64LittleEndian(Next(8));

    /// <summary>A number of seven bits a byte, at most so large.</summary>
    public uint Var(uint most = uint.MaxValue)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (value > most || shift > 28)
                throw Corrupt("a number is out of range");
            if (next < 0x80)
                return (uint)value;
        }
    }

    /// <summary>A moment or a number of things: not negative.</summary>
    public long Long() =>
        BinaryPrimitives.ReadInt64LittleEndian(Next(8)) is var number && number >= 0 ? number : throw Corrupt("a number is negative");

    /// <summary>A day since 1970-01-01, later than the one before, and no later than moments of 32 bits reach.</summary>
    public int DayAfter(int before) =>
        Int() is var day && day > before && day <= uint.MaxValue / ScoringPolicy.Day ? day : throw Corrupt("a day is out of order");

    /// <summary>A count of things to follow, each at least a byte long.</summary>
    public int Count(int most = int.MaxValue) =>
        Int() is var count && count >= 0 && count <= Math.Min(most, rest.Length) ? count : throw Corrupt("a count is out of range");

    /// <summary>A sum: finite and not negative.</summary>
    public double Sum() =>
        BinaryPrimitives.ReadDoubleLittleEndian(Next(8)) is var sum && double.IsFinite(sum) && sum >= 0
            ? sum
            : throw Corrupt("a sum is not a finite number of 0 or more");

    public float FloatSum() =>
        BinaryPrimitives.ReadSingleLittleEndian(Next(4)) is var sum && float.IsFinite(sum) && sum >= 0
            ? sum
            : throw Corrupt("a sum is not a finite number of 0 or more");

    /// <summary>A finite number of either sign.</summary>
    public double Finite() =>
        BinaryPrimitives.ReadDoubleLittleEndian(Next(8)) is var number && double.IsFinite(number)
            ? number
            : throw Corrupt("a number is not finite");

    /// <inheritdoc cref="Finite"/>
    public float FiniteFloat() =>
        BinaryPrimitives.ReadSingleLittleEndian(Next(4)) is var number && float.IsFinite(number)
            ? number
            : throw Corrupt("a number is not finite");

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
        if (length < 0 || length > rest.Length)
            throw Corrupt("it is cut short");
        var next = rest[..length];
        rest = rest[length..];
        return next;
    }
}
