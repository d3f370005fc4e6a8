namespace Influence.Pipeline.Tests.Publish;

/// <summary>Nobody moves more of an account's topics than their own tie.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TopicBoardTests(TestAzurite azurite)
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_thousand_quotes_of_one_account_move_no_place_on_the_victims_board_and_make_none_on_another(int passes)
    {
        await using var app = new App(
            azurite,
            settings: [("Influence:SettlePasses", $"{passes}"), ("Influence:VoteCacheSeconds", "0"), ("Influence:MinBoardSize", "1")]
        );
        // Three accounts of one topic: 30, 28 and 26 people.
        await app.SendAsync(
            Enumerable
                .Range(0, 3)
                .SelectMany(t =>
                    Enumerable
                        .Range(0, 30 - (2 * t))
                        .Select(i =>
                            app.Share($"net:fan{t}x{i}", $"net:t{t}", $"{i}") with
                            {
                                Context = FactContext.Of(["tides"], "north"),
                            }
                        )
                )
        );
        await app.DrainAsync();
        await app.PublishAsync();
        var before = await RowsAsync(app, "topic:tides");
        Assert.Equal(["net:t0", "net:t1", "net:t2"], before.Select(r => r.Id));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.SendAsync(
            Enumerable
                .Range(0, 1000)
                .Select(i =>
                    app.Share("net:troll", "net:t0", $"q{i}") with
                    {
                        Type = InteractionType.Quote,
                        Context = FactContext.Of(["hate"], "south"),
                    }
                )
        );
        await app.DrainAsync();
        await app.PublishAsync();
        var after = await RowsAsync(app, "topic:tides");
        Assert.Equal(before.Select(r => r.Id), after.Select(r => r.Id));
        Assert.Equal(before[0].Influence, after[0].Influence, before[0].Influence * 1e-3);
        // One tie is worth less than one person.
        Assert.InRange((await RowsAsync(app, "topic:hate")).Single().Influence, 0, 1);
        Assert.InRange((await RowsAsync(app, "community:south")).Single().Influence, 0, 1);
    }

    [Fact]
    public async Task An_account_whose_ledger_has_rows_of_its_own_stands_on_the_boards_of_its_topics()
    {
        await using var app = new App(
            azurite,
            settings: [("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"), ("Influence:MinBoardSize", "1")]
        );
        await app.SendAsync(
            Enumerable
                .Range(0, 3000)
                .Select(i => app.Share($"net:a{i}", "net:large", $"{i}", i * 60) with { Context = FactContext.Of([$"t{i % 2}"], null) })
        );
        await app.DrainAsync();
        Assert.Null((await app.StateRowAsync("net:large")).GetBinary(nameof(PageKind.Ledger)));
        await app.PublishAsync();
        var (even, odd) = ((await RowsAsync(app, "topic:t0")).Single(), (await RowsAsync(app, "topic:t1")).Single());
        Assert.Equal((await RowsAsync(app, "global")).Single(r => r.Id == "net:large").Influence, even.Influence + odd.Influence, 1e-3);
    }

    [Fact]
    public async Task A_bot_and_an_excluded_account_have_no_vote_and_no_rank()
    {
        await using var app = new App(
            azurite,
            settings: [("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"), ("Influence:MinBoardSize", "1")]
        );
        await app.SendAsync([
            app.Share("net:bot", "net:t"),
            app.Share("net:x", "net:bot"),
            app.Share("net:ann", "net:u"),
            app.Share("net:x", "net:ann"),
        ]);
        await app.DrainAsync();
        var keys = await app.Deployment.AccountKeysAsync(default);
        using var store = new AccountStore(app.Deployment.Accounts, keys);
        foreach (var (id, standing) in new[] { ("net:bot", Standing.Bot), ("net:ann", Standing.Excluded) })
        {
            var before = await store.LoadWholeAsync(AccountId.Parse(id), default);
            await store.SaveAsync(before, before.State with { Standing = standing }, default);
        }

        await app.PublishAsync();
        Assert.DoesNotContain(await RowsAsync(app, "global"), r => r.Id is "net:bot" or "net:ann");
        Assert.Equal(0, (await app.CardAsync("net:t"))!.Influence);
        Assert.Equal(0, (await app.CardAsync("net:u"))!.Influence);
    }

    private static async Task<IReadOnlyList<BoardRow>> RowsAsync(App app, string board) =>
        (await app.Get<BoardQueries>().FindAsync(board, null, 100, 0, default))!.Rows;
}
