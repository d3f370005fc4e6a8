namespace Influence.Pipeline.Tests.Publish;

public sealed class BoardGatheringTests
{
    [Fact]
    public async Task Of_made_up_networks_only_the_largest_have_boards()
    {
        var boards = new BoardSet(10);
        for (var i = 0; i < BoardGathering.MaxNetworks + 3; i++)
        {
            // The last one by name is the only one with two accounts.
            var accounts = i == BoardGathering.MaxNetworks + 2 ? 2 : 1;
            for (var a = 0; a < accounts; a++)
                boards.BoardOf($"network:n{i:d4}").Add(new BoardEntry(AccountId.Parse($"n{i:d4}:{a}"), 2, 1));
        }

        var run = new PublicationRun(
            new Publication("id", new DateOnly(2026, 11, 20), PublicationStatus.Running, default),
            0,
            1,
            0,
            0.01,
            default
        );
        var gathered = await new BoardGathering(new OneRange(BoardCodec.Pack(boards)), new InfluenceOptions()).GatherAsync(run, default);
        var networks = gathered.Select(b => b.Name).Where(BoardSet.IsNetwork).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                .. Enumerable.Range(0, BoardGathering.MaxNetworks - 1).Select(i => $"network:n{i:d4}"),
                $"network:n{BoardGathering.MaxNetworks + 2:d4}",
            ],
            networks
        );
        Assert.Equal([BoardSet.Global, BoardSet.Movers], gathered[^BoardGathering.Last..].Select(b => b.Name));
    }

    private sealed class OneRange(byte[] boards) : ISettlementData
    {
        public Task PutAsync(string publication, string name, byte[] data, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<byte[]?> FindAsync(string publication, string name, CancellationToken cancellationToken) =>
            Task.FromResult<byte[]?>(boards);
    }
}
