namespace Influence.Replay.Sending;

/// <summary>What a first pass over the log finds: a bad line ends the run before anything was posted.</summary>
/// <param name="Facts">How many facts there are.</param>
/// <param name="First">The earliest moment, 0 without facts.</param>
/// <param name="Last">The latest moment, 0 without facts.</param>
/// <param name="Tally">What was left out.</param>
internal sealed record Survey(int Facts, long First, long Last, ReadTally Tally)
{
    /// <summary>Reads the log once.</summary>
    /// <param name="source">The log.</param>
    /// <param name="limit">How many facts of it are meant; null for all.</param>
    /// <param name="leaveOut">Takes the lines that cannot be read; null where the first of them ends the run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Survey Of(IFactSource source, int? limit, Action<BadLineException>? leaveOut, CancellationToken cancellationToken)
    {
        var (facts, first, last, tally) = (0, long.MaxValue, 0L, new ReadTally(leaveOut));
        foreach (var fact in source.Read(tally).Take(limit ?? int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            facts++;
            (first, last) = (Math.Min(first, fact.At), Math.Max(last, fact.At));
        }

        return new Survey(facts, facts == 0 ? 0 : first, last, tally);
    }
}
