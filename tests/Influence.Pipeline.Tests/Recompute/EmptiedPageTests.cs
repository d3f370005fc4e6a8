namespace Influence.Pipeline.Tests.Recompute;

/// <summary>An undo empties a page, and the facts after it in the same message belong to another page by then.</summary>
public sealed class EmptiedPageTests
{
    [Fact]
    public async Task An_undo_and_the_same_thing_again_in_one_message_are_applied()
    {
        await using var app = new App();
        var keys = await app.Deployment.AccountKeysAsync(default);
        Interaction[] likes =
        [
            .. Enumerable.Range(0, 6000).Select(i => app.Share($"net:a{i}", "net:t", $"{i}", age: 60) with { Source = "api" }),
        ];
        var empty = AccountState.Empty(AccountId.Parse("net:t"), ScoringPolicy.Current, keys.Hasher);
        var state = AccountUpdate.Apply(empty, likes, VoteTable.AllOne, app.Now).State;
        // Of the last page of ties settlements have left one.
        var last = state.Ties.Pages[^1];
        var left = last[0];
        PageEdit<Tie>[] gone = [.. Enumerable.Range(1, last.Count - 1).Select(i => PageEdit<Tie>.Take(last[i]))];
        state = state with { Ties = state.Ties.Edit(gone) };
        Assert.Equal(1, state.Ties.Pages[^1].Count);
        using var store = new AccountStore(app.Deployment.Accounts, keys);
        var before = new AccountDocument(empty, null, new HashSet<PageKind>());
        Assert.Equal(SaveOutcome.Saved, (await store.SaveAsync(before, state, default)).Outcome);

        var like = likes.Single(l => keys.Hasher.KeyOf(l.Actor) == left.Actor);
        await app.SendAsync([new Undo(like) { At = app.Now - 30 }, like with { At = app.Now }]);
        Assert.Equal(2, (await app.DrainAsync()).Single().Applied);
        var after = await store.LoadWholeAsync(empty.Account, default);
        Assert.True(after.State.Ties.TryFind(left.Key, out var tie));
        Assert.Equal(app.Now, tie.Last);
    }
}
