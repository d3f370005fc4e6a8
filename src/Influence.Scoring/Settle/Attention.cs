namespace Influence.Scoring.Settle;

/// <summary>What an actor spends of its attention, and whether on several accounts.</summary>
/// <remarks>
/// Summed in steps of 2^-38 (4e-12): whole numbers add up to the same bits in any order and grouping, for up to 8 million people a whole.
/// The lowest two bits count the accounts engaged, up to 2.
/// </remarks>
public readonly record struct Attention
{
    private const double Steps = 1L << 38;
    private const int CountBits = 2;
    private const long Count = (1 << CountBits) - 1;
    private const long Several = 2;

    private readonly long packed;

    private Attention(long spent, long accounts) => packed = (spent << CountBits) | accounts;

    /// <summary>What is spent on one account.</summary>
    /// <param name="weight">strength·recency of the tie, in [0, 1).</param>
    public static Attention On(double weight) => new((long)Math.Round(weight * Steps, MidpointRounding.ToEven), 1);

    /// <summary>O(a): strength·recency over everyone whom the actor engages.</summary>
    public double Spent => (packed >> CountBits) / Steps;

    /// <summary>Whether the actor engages at least two accounts.</summary>
    public bool EngagesSeveral => (packed & Count) >= Several;

    /// <summary>Both together, in any order.</summary>
    public Attention Plus(Attention other) =>
        new((packed >> CountBits) + (other.packed >> CountBits), Math.Min(Several, (packed & Count) + (other.packed & Count)));
}
