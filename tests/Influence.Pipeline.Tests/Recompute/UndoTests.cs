namespace Influence.Pipeline.Tests.Recompute;

public sealed class UndoTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_undo_leaves_what_there_was_whichever_comes_first(bool undoFirst)
    {
        await using var app = new App();
        var kept = app.Share("net:b", "net:t");
        var (share, undo) = (
            app.Share("net:a", "net:t", "s1"),
            new Undo(app.Share("net:a", "net:t", "s1") with { Type = InteractionType.View })
        );
        foreach (var item in undoFirst ? new Fact[] { kept, undo, share } : [kept, share, undo])
        {
            await app.SendAsync([item]);
            await app.DrainAsync();
        }

        var card = await app.CardAsync("net:t");
        Assert.Equal((1, 1), (card!.Coverage.People, card.Coverage.Interactions));
        Assert.Equal(4 / 6.0, card.Influence, 1e-9);
    }

    [Fact]
    public async Task An_undo_by_its_id_alone_is_taken_in_as_json()
    {
        await using var app = new App();
        await app.TakeItemsAsync(app.Item("a", "t", "follow", 50, ",\"id\":\"f1\""), app.Item("b", "t"));
        await app.DrainAsync();
        await app.TakeItemsAsync($$"""{"actor":"net:a","target":"net:t","at":{{app.Now}},"undo":"f1"}""");
        Assert.Equal(new RecomputeResult(1, 1, 0, 0), Assert.Single(await app.DrainAsync()));
        Assert.Equal(1, (await app.CardAsync("net:t"))!.Coverage.People);
    }

    [Fact]
    public async Task An_account_all_of_whose_facts_were_undone_takes_new_ones()
    {
        await using var app = new App();
        Interaction[] items = [.. Enumerable.Range(0, 30).Select(i => app.Share($"net:a{i}", "net:t", $"{i}", i * 86_400))];
        await app.SendAsync(items);
        await app.DrainAsync();
        await app.SendAsync(items.Select(i => new Undo(i)));
        await app.DrainAsync();
        var card = await app.CardAsync("net:t");
        Assert.Equal((1.0, new ScoreCardCoverage(0, 0, 0)), (card!.Score, card.Coverage));
        await app.SendAsync(items.Select(i => i with { Id = i.Id + "again" }));
        await app.DrainAsync();
        Assert.Equal(30, (await app.CardAsync("net:t"))!.Coverage.People);
    }
}
