namespace Influence.Replay.Community;

/// <summary>How often people do what, in the hundreds: liking is cheap, quoting is rare.</summary>
internal static class TypeMix
{
    private static readonly (string Type, int Share)[] Shares =
    [
        ("like", 47),
        ("reply", 16),
        ("share", 13),
        ("mention", 8),
        ("follow", 6),
        ("post", 4),
        ("quote", 3),
        ("click", 2),
        ("view", 1),
    ];

    /// <summary>A type of interaction.</summary>
    public static string Pick(Random random)
    {
        var draw = random.Next(Shares.Sum(s => s.Share));
        return Shares.First(s => (draw -= s.Share) < 0).Type;
    }
}
