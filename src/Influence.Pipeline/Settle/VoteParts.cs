namespace Influence.Pipeline.Settle;

/// <summary>The stored votes of one iteration: a part for each range of actors.</summary>
internal sealed record VoteParts(ISettlementData Data, string Publication, int Pass, int Ranges)
{
    // Of what is loaded: a key, a vote, and up to 4 bytes of index.
    private const int BytesOfAVote = 16;

    public static string Name(int pass, ShardRange range) => $"votes|{pass:D3}|{range}";

    public ShardRange RangeOf(ulong actor) => new(ShardRange.IndexOf(actor, Ranges), Ranges);

    /// <summary>The votes of a range as they were packed.</summary>
    /// <exception cref="InvalidDataException">They are missing.</exception>
    public async Task<byte[]> ReadAsync(ShardRange range, CancellationToken cancellationToken) =>
        await Data.FindAsync(Publication, Name(Pass, range), cancellationToken)
        ?? throw new InvalidDataException($"The votes of publication '{Publication}' are missing.");

    /// <summary>The votes of a range for quick reading, and the bytes of memory that they take.</summary>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public async Task<(IVotes Votes, long Bytes)> LoadAsync(ShardRange range, CancellationToken cancellationToken)
    {
        var (actors, votes) = KeyedValueCodec.ReadAll<float>(await ReadAsync(range, cancellationToken));
        return (VoteTable.OfSorted(actors, votes), 128 + ((long)BytesOfAVote * actors.Length));
    }
}
