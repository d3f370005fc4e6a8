namespace Influence.Replay.Sending;

/// <summary>The facts in the order they are sent: the first so many, once or twice, shuffled or not.</summary>
internal static class FactSequence
{
    /// <summary>The same options give the same sequence; only a shuffled one is held in memory.</summary>
    public static IEnumerable<FactLine> Of(IFactSource source, ReplayOptions options)
    {
        var facts = Pass(source, options);
        if (options.Twice)
            facts = facts.Concat(Pass(source, options));
        if (options.Shuffle is not { } seed)
            return facts;
        FactLine[] shuffled = [.. facts];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static IEnumerable<FactLine> Pass(IFactSource source, ReplayOptions options) =>
        source.Read(ReadTally.OfLaterPass(options.SkipBad)).Take(options.Limit ?? int.MaxValue);
}
