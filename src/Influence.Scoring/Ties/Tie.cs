using System.Buffers.Binary;

namespace Influence.Scoring.Ties;

/// <summary>What one actor gave one account so far (docs/scoring.md, "From facts to a number").</summary>
/// <param name="Actor">The actor's key.</param>
/// <param name="Points">x: points faded to the tie's last moment, above 0. Kept to 45 significant bits (3e-14).</param>
/// <param name="Last">The tie's last moment, Unix seconds, 0 to 2^32 − 1 (the year 2106).</param>
/// <param name="Vote">What the actor's attention weighs, 0 to 4, as of the last settlement.</param>
/// <remarks>
/// Layout 2, 23 bytes: actor u64, last u32, vote f32, the upper 7 bytes of points as f64.
/// </remarks>
internal readonly record struct Tie(ulong Actor, double Points, long Last, float Vote) : IRecord<Tie>
{
    public static PageLayout Layout { get; } = new(PageKind.Ties, 2);

    public static int RecordSize => 23;

    public UInt128 Key => KeyOf(Actor);

    public FactContext Context => FactContext.None;

    public bool IsValid => Points > 0 && double.IsFinite(Points) && Vote is >= 0 and <= 4;

    /// <summary>The vote of a tie that counts for nothing yet: negative zero.</summary>
    public const float DormantVote = -0f;

    /// <summary>Whether it counts for nothing until a younger interaction comes.</summary>
    /// <remarks>It was imported, and silent for longer than a tie may be.</remarks>
    public bool IsDormant => Vote == 0 && float.IsNegative(Vote);

    /// <summary>strength·recency, in [0, 1): what the tie gives, and its actor spends, before any vote.</summary>
    public double WeightAt(long moment, ScoringPolicy policy) => policy.Strength(Points) * policy.Fade(moment - Last);

    /// <summary>Whether it counts no more at a moment: it has been silent for too long.</summary>
    public bool IsSilentAt(long moment, ScoringPolicy policy) => Last < moment - policy.TieSilence;

    /// <summary>Whether a settlement at a moment forgets it.</summary>
    /// <remarks>A dormant one may still wake while its import is remembered.</remarks>
    public bool IsForgottenAt(long moment, ScoringPolicy policy) =>
        IsDormant ? Last < moment - policy.ImportWindow - policy.FactMemory : IsSilentAt(moment, policy);

    public static UInt128 KeyOf(ulong actor) => new(actor, 0);

    public static UInt128 ReadKey(ReadOnlySpan<byte> from) => new(BinaryPrimitives.ReadUInt64LittleEndian(from), 0);

    /// <summary>Points as they will be stored, so that a state in memory and one read back are the same to the bit.</summary>
    public static double Round(double points) =>
        BitConverter.UInt64BitsToDouble((BitConverter.DoubleToUInt64Bits(points) + 0x80) & ~0xFFUL);

    public void Write(Span<byte> to, ushort context)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, Actor);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], (uint)Last);
        BinaryPrimitives.WriteSingleLittleEndian(to[12..], Vote);
        var points = BitConverter.DoubleToUInt64Bits(Points) >> 8;
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], (uint)points);
        BinaryPrimitives.WriteUInt16LittleEndian(to[20..], (ushort)(points >> 32));
        to[22] = (byte)(points >> 48);
    }

    public static Tie Read(ReadOnlySpan<byte> from, ReadOnlySpan<FactContext> contexts)
    {
        var points =
            BinaryPrimitives.ReadUInt32LittleEndian(from[16..])
            | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(from[20..]) << 32)
            | ((ulong)from[22] << 48);
        return new Tie(
            BinaryPrimitives.ReadUInt64LittleEndian(from),
            BitConverter.UInt64BitsToDouble(points << 8),
            BinaryPrimitives.ReadUInt32LittleEndian(from[8..]),
            BinaryPrimitives.ReadSingleLittleEndian(from[12..])
        );
    }
}
