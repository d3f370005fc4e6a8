using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Influence.Scoring.Pages;

/// <summary>Little-endian numbers and u16-prefixed UTF-8 texts, one after the other.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    public void Byte(byte value) => Next(1)[0] = value;

    public void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(4), value);

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(8), value);

    public void UInt(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);

    public void ULong(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);

    /// <summary>A number in as many bytes as it needs, seven bits each (LEB128).</summary>
    public void Var(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Next(8), value);

    public void Float(float value) => BinaryPrimitives.WriteSingleLittleEndian(Next(4), value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int(value.Length);
        value.CopyTo(Next(value.Length));
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteUInt16LittleEndian(Next(2), checked((ushort)length));
        Encoding.UTF8.GetBytes(value, Next(length));
    }

    /// <summary>All that was written, behind room for a header.</summary>
    public byte[] ToArray(int header)
    {
        var bytes = new byte[header + buffer.WrittenCount];
        buffer.WrittenSpan.CopyTo(bytes.AsSpan(header));
        return bytes;
    }

    private Span<byte> Next(int length)
    {
        var span = buffer.GetSpan(length)[..length];
        buffer.Advance(length);
        return span;
    }
}
