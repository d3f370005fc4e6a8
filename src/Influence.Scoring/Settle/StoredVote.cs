using System.Runtime.InteropServices;

namespace Influence.Scoring.Settle;

/// <summary>A vote and the traits of who has it, as a settlement stores them: 5 bytes.</summary>
/// <param name="Vote">vote(a), 0–4.</param>
/// <param name="Traits">What the audience's make-up tells of the actor, see <see cref="VoteTraits"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct StoredVote(float Vote, byte Traits)
{
    /// <summary>That of everybody who is not named: a newcomer of unknown reach.</summary>
    public static StoredVote Default { get; } = new(1, 0);
}

/// <summary>Traits of an actor in a byte.</summary>
/// <remarks>Bit 0: whether it engages several accounts; bits 1–3: the band of its own score.</remarks>
public static class VoteTraits
{
    /// <summary>How many bands there are: under 10, 10–20, 20–30, 30–40, 40–50, and 50 and more.</summary>
    public const int Bands = 6;

    private const double BandWidth = 10;

    /// <summary>The traits of an actor.</summary>
    /// <param name="engagesSeveral">Whether it engages at least two accounts.</param>
    /// <param name="score">Its own score; 1 for an account that received nothing.</param>
    public static byte Of(bool engagesSeveral, double score) =>
        (byte)((engagesSeveral ? 1 : 0) | (Math.Clamp((int)(score / BandWidth), 0, Bands - 1) << 1));

    /// <summary>Whether the actor engages at least two accounts.</summary>
    public static bool EngagesSeveral(byte traits) => (traits & 1) != 0;

    /// <summary>The band of the actor's own score, from 0.</summary>
    public static int BandOf(byte traits) => Math.Min(Bands - 1, traits >> 1);
}
