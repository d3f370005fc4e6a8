using System.Buffers.Binary;

namespace Influence.Scoring.Ledgers;

/// <summary>
/// One applied fact, kept for <see cref="ScoringPolicy.FactMemory"/>: refuses its duplicates, resolves its undo, rebuilds its tie.
/// </summary>
/// <param name="Slot">
/// The leading 40 bits of the actor's key, then the trailing 24 of the fact's: an actor's facts lie together, and yet one actor's ten
/// thousandth fact of a day can go to a page of its own. For an increment the whole key of the fact.
/// </param>
/// <param name="Rest">The bits of both keys that <paramref name="Slot"/> leaves out; for an increment its count as f64.</param>
/// <param name="At">The moment it is dated, Unix seconds.</param>
/// <param name="Kind">The <see cref="InteractionType"/>, with the top bit set for an increment.</param>
/// <param name="Content">What an undo without an id finds it by (<see cref="KeyHasher.ContentOf"/>); 0 for an increment.</param>
/// <param name="Context">Topics and community.</param>
/// <remarks>Layout 3, 27 bytes: slot u64, rest u64, at u32, kind u8, index of the context u16, content u32.</remarks>
internal readonly record struct LedgerEntry(ulong Slot, ulong Rest, long At, byte Kind, uint Content, FactContext Context)
    : IRecord<LedgerEntry>
{
    private const byte IncrementFlag = 0x80;
    private const ulong ActorBits = ~0xFF_FFFFUL;

    public static PageLayout Layout { get; } = new(PageKind.Ledger, 3);

    public static int RecordSize => 27;

    public UInt128 Key => new(Slot, Rest);

    public bool IsIncrement => (Kind & IncrementFlag) != 0;

    public InteractionType Type => (InteractionType)(Kind & ~IncrementFlag);

    /// <summary>The actor's key; meaningless for an increment.</summary>
    public ulong Actor => (Slot & ActorBits) | (Rest >> 40);

    /// <summary>The fact's key.</summary>
    public ulong Id => IsIncrement ? Slot : (Slot & ~ActorBits) | (Rest << 24);

    /// <summary>How many an increment counted.</summary>
    public double Count => BitConverter.UInt64BitsToDouble(Rest);

    public bool IsValid => Enum.IsDefined(Type) && (!IsIncrement || (double.IsFinite(Count) && Count >= 0));

    public static LedgerEntry Of(ulong actor, ulong id, long at, InteractionType type, uint content, FactContext context) =>
        new(SlotOf(actor, id), RestOf(actor, id), at, (byte)type, content, context);

    /// <summary>Above 0 where this one stands of two interactions of one key: the later one, else any fixed order.</summary>
    public int Precede(in LedgerEntry other)
    {
        var order = (At, Kind, Content).CompareTo((other.At, other.Kind, other.Content));
        return order != 0 ? order : Context.CompareTo(other.Context);
    }

    /// <summary>The key of an interaction's entry.</summary>
    public static UInt128 KeyOf(ulong actor, ulong id) => new(SlotOf(actor, id), RestOf(actor, id));

    /// <summary>The slot of an interaction's entry.</summary>
    public static ulong SlotOf(ulong actor, ulong id) => (actor & ActorBits) | (id & ~ActorBits);

    public static LedgerEntry OfIncrement(ulong id, double count, long at, InteractionType type) =>
        new(id, BitConverter.DoubleToUInt64Bits(count), at, (byte)((byte)type | IncrementFlag), 0, FactContext.None);

    /// <summary>The first slot an actor's facts can have; the last is <see cref="LastSlotOf"/>.</summary>
    public static ulong FirstSlotOf(ulong actor) => actor & ActorBits;

    public static ulong LastSlotOf(ulong actor) => actor | ~ActorBits;

    public static UInt128 ReadKey(ReadOnlySpan<byte> from) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(from), BinaryPrimitives.ReadUInt64LittleEndian(from[8..]));

    public void Write(Span<byte> to, ushort context)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, Slot);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], Rest);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], (uint)At);
        to[20] = Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(to[21..], context);
        BinaryPrimitives.WriteUInt32LittleEndian(to[23..], Content);
    }

    public static LedgerEntry Read(ReadOnlySpan<byte> from, ReadOnlySpan<FactContext> contexts)
    {
        var context = BinaryPrimitives.ReadUInt16LittleEndian(from[21..]);
        if (context > contexts.Length)
            throw new PageCorruptException("Ledger page", "a record points to a context it does not have");
        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(from),
            BinaryPrimitives.ReadUInt64LittleEndian(from[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[16..]),
            from[20],
            BinaryPrimitives.ReadUInt32LittleEndian(from[23..]),
            context == 0 ? FactContext.None : contexts[context - 1]
        );
    }

    private static ulong RestOf(ulong actor, ulong id) => (actor << 40) | (id >> 24);
}
