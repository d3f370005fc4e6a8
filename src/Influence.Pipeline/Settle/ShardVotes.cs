namespace Influence.Pipeline.Settle;

/// <summary>Votes that lie in a table for each range of actors.</summary>
internal sealed class ShardVotes : IVotes
{
    private readonly IVotes[] byShard = new IVotes[256];

    /// <param name="ranges">The ranges that are there; nobody of the others may be asked for.</param>
    public ShardVotes(IEnumerable<(ShardRange Range, IVotes Votes)> ranges)
    {
        foreach (var (range, votes) in ranges)
            byShard.AsSpan(range.First..range.End).Fill(votes);
    }

    public float Of(ulong actor) => byShard[actor >> 56].Of(actor);

    public byte TraitsOf(ulong actor) => byShard[actor >> 56].TraitsOf(actor);
}
