namespace Influence.Pipeline.Settle;

/// <summary>The stored votes of one iteration: a part for each range of actors.</summary>
internal sealed record VoteParts(ISettlementData Data, string Publication, int Pass, int Ranges)
{
    // Of what is loaded: a key, a vote, its traits, and up to 4 bytes of index.
    private const int BytesOfAVote = 17;

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
        var packed = await ReadAsync(range, cancellationToken);
        var count = KeyedValueCodec.CountOf<StoredVote>(packed);
        var (actors, votes, traits, at) = (new ulong[count], new float[count], new byte[count], 0);
        foreach (var (actor, vote) in KeyedValueCodec.Read<StoredVote>(packed))
            (actors[at], votes[at], traits[at++]) = (actor, vote.Vote, vote.Traits);
        return (VoteTable.OfSorted(actors, votes, traits), 128 + ((long)BytesOfAVote * actors.Length));
    }
}
