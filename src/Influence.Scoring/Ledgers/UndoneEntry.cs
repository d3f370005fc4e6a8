using System.Buffers.Binary;

namespace Influence.Scoring.Ledgers;

/// <summary>What was taken back, and until when.</summary>
/// <remarks>
/// Matching interactions up to then stay out, also when they arrive (again) later. Lines of an import are remembered here as well, under
/// keys of their own, so that the same import again counts once. Layout 1, 12 bytes: id u64, at u32.
/// </remarks>
/// <param name="Id">The interaction's key, or that of an actor's interactions of one content.</param>
/// <param name="At">The moment of the latest undo, Unix seconds: remembered for <see cref="ScoringPolicy.FactMemory"/> from here.</param>
internal readonly record struct UndoneEntry(ulong Id, long At) : IRecord<UndoneEntry>
{
    public static PageLayout Layout { get; } = new(PageKind.Undone, 1);

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
}
