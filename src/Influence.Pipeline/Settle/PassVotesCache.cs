namespace Influence.Pipeline.Settle;

/// <summary>A single-flight cache of the votes of one iteration, which all ranges of the next one ask for.</summary>
internal sealed class PassVotesCache(ISettlementData data, TimeProvider clock)
{
    private readonly SingleFlightCache<(string Publication, int Pass), IVotes> last = new(clock, _ => Timeout.InfiniteTimeSpan, 1);

    public static string Name(int pass, ShardRange range) => $"votes|{pass:D3}|{range}";

    /// <summary>The votes of all actors, put together from the parts that each range wrote.</summary>
    /// <exception cref="InvalidDataException">A part is missing.</exception>
    public Task<IVotes> OfAsync(string publication, int pass, int ranges, CancellationToken cancellationToken) =>
        last.GetAsync((publication, pass), token => LoadAsync(publication, pass, ranges, token), cancellationToken);

    private async Task<IVotes> LoadAsync(string publication, int pass, int ranges, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(ShardRange.All(ranges).Select(r => data.FindAsync(publication, Name(pass, r), cancellationToken)));
        return VoteTable.Of(
            parts.SelectMany(p => KeyedValueCodec.Read<float>(p ?? throw new InvalidDataException("A part of the votes is missing.")))
        );
    }
}
