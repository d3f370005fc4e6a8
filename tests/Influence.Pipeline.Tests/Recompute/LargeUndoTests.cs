namespace Influence.Pipeline.Tests.Recompute;

/// <summary>An undo that touches more of the ledger than a transaction holds.</summary>
public sealed class LargeUndoTests
{
    private const int Days = 70;
    private const int FactsADay = 1700;

    [Fact]
    public async Task It_is_withdrawn_in_parts_and_again_changes_nothing()
    {
        await using var app = new App();
        // Each day's page is full, and one account is in all of them, with the same thing.
        for (var day = 0; day < Days; day++)
        {
            var at = day * ScoringPolicy.Day;
            await app.SendAsync(
                Enumerable.Range(0, FactsADay).Select(i => app.Share($"net:a{i}", "net:t", $"{day}/{i}", at)).Append(Fan(app, at))
            );
            await app.DrainAsync();
        }

        var undo = new Undo(Fan(app, 0));
        Assert.Equal((FactsADay * Days) + Days, (await app.CardAsync("net:t"))!.Coverage.Interactions);
        var calls = app.CountCalls();
        await app.SendAsync([undo]);
        Assert.Equal(1, (await app.DrainAsync()).Single().Applied);
        Assert.Equal((FactsADay * Days, FactsADay), Counted(await app.CardAsync("net:t")));
        // A ledger page a day is read for each part, and each part is one transaction.
        Assert.InRange(calls.Total, 2 * Days, 8 * Days);

        var before = await app.StateRowAsync("net:t");
        await app.SendAsync([undo, Fan(app, 0)]);
        Assert.Equal((0, 2), (await app.DrainAsync()).Single() is var result ? (result.Applied, result.Known) : default);
        Assert.Equal(before.ETag, (await app.StateRowAsync("net:t")).ETag);
    }

    private static (long, long) Counted(ScoreCard? card) => (card!.Coverage.Interactions, card.Coverage.People);

    private static Interaction Fan(App app, long age) =>
        app.Share("net:fan", "net:t", age: age) with
        {
            Type = InteractionType.Like,
            Object = "https://example.org/1",
        };
}
