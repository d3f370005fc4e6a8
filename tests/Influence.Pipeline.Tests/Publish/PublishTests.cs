using System.Globalization;

namespace Influence.Pipeline.Tests.Publish;

public sealed class PublishTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 1000)]
    [InlineData(3, 40)]
    public async Task Ranks_are_those_of_a_plain_sort(int seed, int boardSize)
    {
        await using var app = new App(settings: ("Influence:BoardSize", boardSize.ToString(CultureInfo.InvariantCulture)));
        Interaction[] items = [.. Population(app, 150, seed)];
        await app.SendAsync(items);
        await app.DrainAsync();
        await app.PublishAsync();

        var world = new World(await app.Deployment.KeysAsync(default), app.Now);
        world.Apply(items);
        var sorted = Sorted(world, app.Now);
        foreach (var board in new[] { "global", "network:one", "network:two" })
        {
            var expected = sorted.Where(s => board == "global" || s.Id.StartsWith(board[8..] + ":", StringComparison.Ordinal)).ToList();
            var page = await app.Get<BoardQueries>().FindAsync(board, null, BoardQueries.MaxTop, 0, default);
            Assert.Equal(expected.Count, page!.Total);
            var ranked = expected.Take(boardSize).Select(s => (1 + expected.Count(o => Shown(o.Score) > Shown(s.Score)), s.Id));
            Assert.Equal(ranked, page.Rows.Select(r => (r.Rank, r.Id)));
            foreach (var (row, plain) in page.Rows.Zip(expected))
                Assert.Equal(plain.Score, row.Score, 1e-9);
        }

        // Rank to the 0.01 of a point and percentile, of everyone, on the board or not: card, row and neighbours agree with a plain count.
        foreach (var (id, score) in sorted)
        {
            var higher = sorted.Count(s => Shown(s.Score) > Shown(score));
            var card = await app.CardAsync(id);
            var around = await app.Get<BoardQueries>().AroundAsync("global", null, AccountId.Parse(id), 5, default);
            Assert.Equal((higher + 1, higher + 1), (card!.Rank, around!.Rank));
            Assert.Equal((null, null), (card.Provisional, around.Provisional));
            Assert.All(around.Rows.Where(r => r.Id == id), r => Assert.Equal(higher + 1, r.Rank));
            Assert.Equal(100.0 * (sorted.Count - higher) / sorted.Count, card.Percentile!.Value, 1e-9);
        }
    }

    [Fact]
    public async Task Accounts_without_influence_are_not_ranked()
    {
        await using var app = new App();
        var share = app.Share("net:a", "net:gone", "1");
        await app.SendAsync([share, app.Share("net:a", "net:t")]);
        await app.SendAsync([new Undo(share)]);
        await app.DrainAsync();
        await app.PublishAsync();
        var page = await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default);
        Assert.Equal((1, "net:t"), (page!.Total, Assert.Single(page.Rows).Id));
        Assert.Null((await app.CardAsync("net:gone"))!.Rank);
    }

    [Fact]
    public async Task Nobody_at_all_is_an_empty_board()
    {
        await using var app = new App();
        await app.PublishAsync();
        var page = await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default);
        Assert.Equal((0, 0), (page!.Total, page.Rows.Count));
    }

    [Fact]
    public async Task The_status_goes_from_running_to_published()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t"), app.Share("net:a", "other:u")]);
        await app.DrainAsync();
        var asked = await app.Get<Publisher>().RequestAsync(null, default);
        Assert.Equal((PublicationStatus.Running, null), (asked!.Status, asked.FinishedAt));
        Assert.Equal(asked, await app.Get<Publisher>().FindAsync(asked.Id, default));
        Assert.Null(await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default));
        app.Clock.Advance(TimeSpan.FromSeconds(9));
        await app.DrainPublicationsAsync();
        var published = await app.Get<Publisher>().FindAsync(asked.Id, default);
        Assert.Equal(
            asked with
            {
                Status = PublicationStatus.Published,
                FinishedAt = app.Clock.GetUtcNow(),
                Boards = 15,
                Accounts = 2,
                Step = "publish",
            },
            published
        );
        Assert.Null(await app.Get<Publisher>().FindAsync("no/such", default));
    }

    [Fact]
    public async Task A_day_ahead_or_beyond_the_history_is_not_published()
    {
        await using var app = new App();
        foreach (var (day, isTaken) in new[] { (1, false), (0, true), (-90, true), (-91, false) })
            Assert.Equal(isTaken, await app.Get<Publisher>().RequestAsync(new DateOnly(2026, 11, 20).AddDays(day), default) is not null);
    }

    private static decimal Shown(double score) => Math.Round((decimal)score, 2, MidpointRounding.AwayFromZero);

    private static List<(string Id, double Score)> Sorted(World world, long now)
    {
        var all = world.States.Values.Select(s => (Id: s.Account.Value, Score: s.ScoreAt(now))).Where(s => s.Score.Influence > 0).ToList();
        all.Sort((a, b) => a.Score.Value != b.Score.Value ? b.Score.Value.CompareTo(a.Score.Value) : string.CompareOrdinal(a.Id, b.Id));
        return all.ConvertAll(s => (s.Id, s.Score.Value));
    }

    // Few distinct scores, so that there are ties at every rank.
    private static IEnumerable<Interaction> Population(App app, int accounts, int seed)
    {
        var random = new Random(seed);
        for (var t = 0; t < accounts; t++)
        {
            var (network, people) = (random.Next(2) == 0 ? "one" : "two", 1 + random.Next(5));
            var target = $"{network}:{random.Next(1000)}-{t}";
            for (var a = 0; a < people; a++)
                yield return new Interaction
                {
                    Type = InteractionType.Share,
                    Actor = AccountId.Parse($"net:a{a}"),
                    Target = AccountId.Parse(target),
                    At = app.Now - (a * 3600),
                };
        }
    }
}
