using System.Buffers.Binary;

namespace Influence.Pipeline.Recompute;

/// <summary>The pages of one kind inside the state row.</summary>
/// <remarks>For each page its day (i32), its name (u64), its length (i32) and its bytes. Little-endian.</remarks>
internal static class PageSection
{
    /// <summary>Largest section that stays inside the state row, bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int Head = sizeof(int) + sizeof(ulong) + sizeof(int);

    public static byte[] Pack(AccountState state, IEnumerable<KeyValuePair<PageName, Page>> pages)
    {
        using var section = new MemoryStream();
        Span<byte> head = stackalloc byte[Head];
        foreach (var (name, page) in pages)
        {
            var packed = StatePacking.PackPage(state, page);
            BinaryPrimitives.WriteInt32LittleEndian(head, name.Day);
            BinaryPrimitives.WriteUInt64LittleEndian(head[4..], name.Start);
            BinaryPrimitives.WriteInt32LittleEndian(head[12..], packed.Length);
            section.Write(head);
            section.Write(packed);
        }

        return section.ToArray();
    }

    /// <summary>Puts every page of a section into the state.</summary>
    /// <exception cref="PageException">The section or a page in it is not what was packed.</exception>
    public static AccountState Read(AccountState state, PageKind kind, ReadOnlySpan<byte> section)
    {
        while (!section.IsEmpty)
        {
            if (section.Length < Head)
                throw new PageCorruptException($"{kind} section", "it is cut short");
            var name = new PageName(
                kind,
                BinaryPrimitives.ReadInt32LittleEndian(section),
                BinaryPrimitives.ReadUInt64LittleEndian(section[4..])
            );
            var length = BinaryPrimitives.ReadInt32LittleEndian(section[12..]);
            section = section[Head..];
            if (length < 0 || length > section.Length)
                throw new PageCorruptException($"{kind} section", "it is cut short");
            state = StatePacking.WithPage(state, name, section[..length]);
            section = section[length..];
        }

        return state;
    }
}
