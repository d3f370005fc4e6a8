namespace Influence.Pipeline.Tests.Query;

/// <summary>Display names on their way from facts to cards and boards.</summary>
public sealed class NameTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public async Task The_latest_is_on_the_card_and_on_every_board()
    {
        await using var app = new App(settings: ("Influence:MinBoardSize", "1"));
        await app.SendAsync([
            app.Share("net:a", "net:t", age: 60) with
            {
                TargetName = "Tara",
                Context = FactContext.Of(["tides"], null),
            },
            app.Share("net:b", "net:t", age: 90) with
            {
                TargetName = "Tara of old",
            },
            app.Share("net:b", "net:u"),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(("Tara", null), ((await app.CardAsync("net:t"))!.Name, (await app.CardAsync("net:u"))!.Name));
        foreach (var board in new[] { "global", "movers", "network:net", "topic:tides" })
        {
            var rows = (await app.Get<BoardQueries>().FindAsync(board, null, 10, 0, default))!.Rows;
            Assert.Equal("Tara", rows.Single(r => r.Id == "net:t").Name);
            Assert.Null(rows.SingleOrDefault(r => r.Id == "net:u")?.Name);
        }
    }

    [Theory]
    [InlineData(60, 90, "Tara")]
    [InlineData(90, 60, "Tara of the web")]
    public async Task Of_a_profile_it_is_the_latest_of_its_accounts(int age, int other, string latest)
    {
        await using var app = new App(settings: ("Influence:MinBoardSize", "1"));
        await app.SendAsync([
            app.Share("net:a", "net:t", age: age) with
            {
                TargetName = "Tara",
            },
            app.Share("net:a", "web:t", age: other) with
            {
                TargetName = "Tara of the web",
            },
        ]);
        await app.DrainAsync();
        var change = new ProfileChange([AccountId.Parse("net:t"), AccountId.Parse("web:t")], null, null, null);
        await app.Get<ProfileEditor>().PutAsync(AccountId.Parse("net:t"), change, false, default);
        await app.PublishAsync();
        Assert.Equal(latest, (await app.CardAsync("web:t"))!.Name);
        var rows = (await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default))!.Rows;
        Assert.Equal(latest, rows.Single(r => r.Id == "net:t").Name);
    }

    [Fact]
    public async Task A_settlement_keeps_it()
    {
        await using var app = new App(settings: ("Influence:SettlePasses", "2"));
        await app.SendAsync([app.Share("net:a", "net:t") with { TargetName = "Tara", ActorName = "Ann" }]);
        await app.DrainAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.PublishAsync();
        Assert.Equal("Tara", (await app.CardAsync("net:t"))!.Name);
        var (keys, account) = (await app.Deployment.AccountKeysAsync(default), AccountId.Parse("net:t"));
        var state = AccountRow.ReadSummary(await app.StateRowAsync("net:t"), account, keys.Hasher);
        Assert.Equal("Ann", state.TopPeople.Single().Name);
    }

    [Fact]
    public async Task A_name_costs_no_request_more_and_a_known_one_no_write()
    {
        await using var app = new App();
        Interaction[] bare = [.. Enumerable.Range(0, 20).Select(i => app.Share($"net:a{i}", "net:t"))];
        Interaction[] named = [.. bare.Select(f => f with { ActorName = "Ann", TargetName = "Tara", Target = AccountId.Parse("net:u") })];
        await app.SendAsync([app.Share("net:z", "net:t"), app.Share("net:z", "net:u")]);
        await app.DrainAsync();
        var counts = new List<int>();
        foreach (var facts in new[] { bare, named, named })
        {
            await app.SendAsync(facts);
            var count = app.CountCalls();
            await app.DrainAsync();
            counts.Add(count["recompute"]);
        }

        Assert.Equal(counts[0], counts[1]);
        Assert.True(counts[2] < counts[1], $"{counts[2]} requests for what is known");
    }

    [Fact]
    public void Another_name_is_another_edition()
    {
        var run = new PublicationRun("id", default, 1, new PublicationInput(Today, 1, 1, 3, 0.01));
        string NameOf(string? shown) =>
            new BoardEdition(run, default, new ScoreHistogram(), [new BoardEntry(AccountId.Parse("net:a"), 50, 1, Name: shown)]).Name;
        Assert.Equal(3, new[] { NameOf(null), NameOf("Ann"), NameOf("Änn") }.Distinct().Count());
        Assert.Equal(NameOf("Ann"), NameOf("Ann"));
    }

    [Fact]
    public void Packed_boards_hold_it()
    {
        var boards = new BoardBuilder(new InfluenceOptions { BoardSize = 10 });
        boards.Boards[BoardBuilder.Global].Add(new BoardEntry(AccountId.Parse("net:a"), 50, 1, Name: "Ann"), ScoreTrend.Of([]));
        boards.Boards[BoardBuilder.Global].Add(new BoardEntry(AccountId.Parse("net:b"), 50, 1), ScoreTrend.Of([]));
        var (_, _, best) = BoardCodec.Read(BoardCodec.Pack(boards, default)).Boards.Single(b => b.Name == BoardBuilder.Global);
        var read = best.ToDictionary(e => e.Account.Value, e => e.Name);
        Assert.Equal(("Ann", null), (read["net:a"], read["net:b"]));
    }
}
