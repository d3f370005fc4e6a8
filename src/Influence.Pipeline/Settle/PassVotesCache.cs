namespace Influence.Pipeline.Settle;

/// <summary>
/// The votes of one pass, put together from the parts that each range wrote; the last one is kept, since every range asks for the same.
/// </summary>
internal sealed class PassVotesCache(ISettlementData data)
{
    private readonly Lock gate = new();
    private (string Name, Task<IVotes> Votes)? last;

    public static string Name(int pass, ShardRange range) => $"votes|{pass:D3}|{range}";

    public async Task<IVotes> OfAsync(string publication, int pass, int ranges, CancellationToken cancellationToken)
    {
        Task<IVotes> votes;
        var name = $"{publication}|{pass}";
        lock (gate)
        {
            // A load that failed, or was stopped, is not kept.
            if (last is not { } kept || kept.Name != name || kept.Votes.IsFaulted || kept.Votes.IsCanceled)
                last = (name, LoadAsync(publication, pass, ranges, cancellationToken));
            votes = last.Value.Votes;
        }

        return await votes;
    }

    private async Task<IVotes> LoadAsync(string publication, int pass, int ranges, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(ShardRange.All(ranges).Select(r => data.FindAsync(publication, Name(pass, r), cancellationToken)));
        return VoteTable.Of(
            parts.SelectMany(p => KeyedValueCodec.Read<float>(p ?? throw new InvalidDataException("A part of the votes is missing.")))
        );
    }
}
