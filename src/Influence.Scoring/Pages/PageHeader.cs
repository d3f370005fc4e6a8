using System.Buffers.Binary;
using System.IO.Hashing;

namespace Influence.Scoring.Pages;

/// <summary>The header of everything packed, 32 bytes: it proves kind, owner, length and content.</summary>
/// <remarks>
/// Mark, kind, layout version, splits (u8 each), record count (u32), name (u64), bytes of context (u32), bytes in all (u32), and XXH3 of
/// all the rest under the owner's key (u64). Little-endian.
/// </remarks>
internal readonly record struct PageHeader(byte Kind, byte Version, byte Splits, int Count, ulong Start, int ContextBytes)
{
    public const int Size = 32;
    private const byte Mark = 0xF1;
    private const int ChecksumAt = 24;

    /// <summary>Writes the header over the first bytes of a finished body and seals it.</summary>
    public void Seal(Span<byte> packed, ulong owner)
    {
        packed[0] = Mark;
        packed[1] = Kind;
        packed[2] = Version;
        packed[3] = Splits;
        BinaryPrimitives.WriteInt32LittleEndian(packed[4..], Count);
        BinaryPrimitives.WriteUInt64LittleEndian(packed[8..], Start);
        BinaryPrimitives.WriteInt32LittleEndian(packed[16..], ContextBytes);
        BinaryPrimitives.WriteInt32LittleEndian(packed[20..], packed.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(packed[ChecksumAt..], Checksum(packed, owner));
    }

    /// <summary>Reads a header and proves that the bytes are those that were sealed.</summary>
    /// <exception cref="PageCorruptException">They are not.</exception>
    public static PageHeader Open(ReadOnlySpan<byte> packed, ulong owner, byte kind, string what)
    {
        if (packed.Length < Size)
            throw new PageCorruptException(what, "it is shorter than its header");
        if (packed[0] != Mark || packed[1] != kind)
            throw new PageCorruptException(what, "it does not begin as one");
        if (BinaryPrimitives.ReadInt32LittleEndian(packed[20..]) != packed.Length)
            throw new PageCorruptException(what, "its length is not the one packed");
        if (BinaryPrimitives.ReadUInt64LittleEndian(packed[ChecksumAt..]) != Checksum(packed, owner))
            throw new PageCorruptException(what, "its checksum does not match its content and owner");
        return new PageHeader(
            kind,
            packed[2],
            packed[3],
            BinaryPrimitives.ReadInt32LittleEndian(packed[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(packed[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(packed[16..])
        );
    }

    private static ulong Checksum(ReadOnlySpan<byte> packed, ulong owner)
    {
        var head = XxHash3.HashToUInt64(packed[..ChecksumAt], (long)owner);
        return XxHash3.HashToUInt64(packed[Size..], (long)head);
    }
}
