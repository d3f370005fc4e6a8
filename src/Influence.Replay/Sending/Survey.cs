namespace Influence.Replay.Sending;

/// <summary>What a first pass over the log finds: a bad line ends the run before anything was posted.</summary>
/// <param name="Facts">How many facts there are.</param>
/// <param name="Last">The latest moment, 0 without facts.</param>
/// <param name="SelfInteractions">How many lines were left out as self-interactions.</param>
internal sealed record Survey(int Facts, long Last, int SelfInteractions)
{
    /// <summary>Reads the log once.</summary>
    public static Survey Of(IFactSource source, int? limit, CancellationToken cancellationToken)
    {
        var (facts, last, tally) = (0, 0L, new ReadTally());
        foreach (var fact in source.Read(tally).Take(limit ?? int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            facts++;
            last = Math.Max(last, fact.At);
        }

        return new Survey(facts, last, tally.SelfInteractions);
    }
}
