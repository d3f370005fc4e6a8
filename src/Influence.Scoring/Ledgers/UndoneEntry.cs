using System.Buffers.Binary;

namespace Influence.Scoring.Ledgers;

/// <summary>One interaction that was taken back: it stays so, also when it arrives (again) later.</summary>
/// <param name="Id">The interaction's key.</param>
/// <param name="At">The moment of the undo, Unix seconds: it is remembered for <see cref="ScoringPolicy.FactMemory"/> from here.</param>
/// <remarks>Layout 1, 12 bytes: id u64, at u32.</remarks>
internal readonly record struct UndoneEntry(ulong Id, long At) : IRecord<UndoneEntry>
{
    public static PageLayout Layout { get; } = new(PageKind.Undone, 1, RecordSize, []);

    public static int RecordSize => 12;

    public UInt128 Key => KeyOf(Id);

    public FactContext Context => FactContext.None;

    public bool IsValid => true;

    public static UInt128 KeyOf(ulong id) => new(id, 0);

    public static UInt128 ReadKey(ReadOnlySpan<byte> from) => new(BinaryPrimitives.ReadUInt64LittleEndian(from), 0);

    public void Write(Span<byte> to, ushort context)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, Id);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], (uint)At);
    }

    public static UndoneEntry Read(ReadOnlySpan<byte> from, ReadOnlySpan<FactContext> contexts) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(from), BinaryPrimitives.ReadUInt32LittleEndian(from[8..]));

    public static UndoneEntry? ReadOlder(byte version, ReadOnlySpan<byte> from) => null;
}
