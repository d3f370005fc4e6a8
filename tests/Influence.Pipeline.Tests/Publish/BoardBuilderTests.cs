namespace Influence.Pipeline.Tests.Publish;

public sealed class BoardBuilderTests
{
    [Fact]
    public void Of_made_up_networks_only_the_largest_have_boards()
    {
        var boards = new BoardBuilder(new InfluenceOptions { BoardSize = 10 });
        for (var i = 0; i < BoardBuilder.MaxNetworks + 3; i++)
        {
            // The last one by name is the only one with two accounts.
            var accounts = i == BoardBuilder.MaxNetworks + 2 ? 2 : 1;
            for (var a = 0; a < accounts; a++)
                boards.BoardOf($"network:n{i:d4}").Add(new BoardEntry(AccountId.Parse($"n{i:d4}:{a}"), 2, 1), ScoreTrend.Of([]));
        }

        var run = new PublicationRun("id", default, 1, new PublicationInput(new DateOnly(2026, 11, 20), 1, 1, 3, 0.01));
        var gathered = boards.Editions(run, default);
        var networks = gathered.Select(b => b.Name).Where(BoardBuilder.IsNetwork).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                .. Enumerable.Range(0, BoardBuilder.MaxNetworks - 1).Select(i => $"network:n{i:d4}"),
                $"network:n{BoardBuilder.MaxNetworks + 2:d4}",
            ],
            networks
        );
        Assert.Equal([BoardBuilder.Global, BoardBuilder.Movers], gathered[^BoardBuilder.Last..].Select(b => b.Name));
    }
}
