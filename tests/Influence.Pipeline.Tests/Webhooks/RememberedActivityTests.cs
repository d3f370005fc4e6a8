using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Webhooks;

public sealed class ActivityTests : IAsyncLifetime
{
    private readonly App app = new();

    private RememberedActivities Activities => app.Get<RememberedActivities>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task What_is_remembered_first_stands()
    {
        var first = Like("a", app.Now - 90_000);
        Assert.Equal([first], await Activities.RememberAsync("k", [first], default));
        Assert.Equal([first], await Activities.RememberAsync("k", [Like("a", app.Now)], default));
    }

    [Fact]
    public async Task Taking_back_gives_the_undo_again_and_again()
    {
        Interaction[] both = [Like("a", app.Now - 10), Like("b", app.Now - 10)];
        await Activities.RememberAsync("k", both, default);
        Fact[] undos = [.. both.Select(i => new Undo(i) { At = app.Now })];
        Assert.Equal(undos, await Activities.TakeBackAsync("k", app.Now, default));
        Assert.Equal(undos, await Activities.TakeBackAsync("k", app.Now + 60, default));
        Assert.Equal(undos, await Activities.RememberAsync("k", both, default));
    }

    [Fact]
    public async Task Taken_back_first_it_never_stands()
    {
        var like = Like("a", app.Now - 10);
        Assert.Empty(await Activities.TakeBackAsync("k", app.Now, default));
        Assert.Equal([new Undo(like) { At = app.Now }], await Activities.RememberAsync("k", [like], default));
        Assert.Equal([new Undo(like) { At = app.Now }], await Activities.TakeBackAsync("k", app.Now, default));
    }

    [Fact]
    public async Task What_is_done_again_is_another_episode_and_an_end_sent_again_ends_no_later_one()
    {
        Interaction Star(long at) => Like("a", app.Now + at);
        Task<IReadOnlyList<Fact>> StarAsync(long at) => Activities.RememberAsync("k", [Star(at)], default, isEpisode: true);
        Assert.Equal([Star(10)], await StarAsync(10));
        var unstar = await Activities.TakeBackAsync("k", app.Now + 20, default, "d1");
        Assert.Equal([new Undo(Star(10)) { At = app.Now + 20 }], unstar);
        Assert.Equal([Star(30)], await StarAsync(30));
        // The first moment of an event stands, however late it comes again; so do the episodes.
        Assert.Equal(unstar, await Activities.TakeBackAsync("k", app.Now + 40, default, "d1"));
        Assert.Equal([Star(30)], await StarAsync(30));
        Assert.Equal(unstar, await StarAsync(10));
        Assert.Equal(
            [new Undo(Star(10)) { At = app.Now + 20 }, new Undo(Star(30)) { At = app.Now + 50 }],
            await Activities.TakeBackAsync("k", app.Now + 50, default, "d2")
        );
    }

    [Fact]
    public async Task An_end_that_comes_before_its_episode_ends_it_and_no_later_one()
    {
        Assert.Empty(await Activities.TakeBackAsync("k", app.Now, default, "d1"));
        Assert.Equal(
            [new Undo(Like("a", app.Now - 10)) { At = app.Now }],
            await Activities.RememberAsync("k", [Like("a", app.Now - 10)], default, isEpisode: true)
        );
        var later = Like("a", app.Now + 10);
        Assert.Equal([later], await Activities.RememberAsync("k", [later], default, isEpisode: true));
    }

    [Fact]
    public async Task What_can_be_done_once_stays_taken_back_whatever_the_clocks_say()
    {
        await Activities.TakeBackAsync("k", app.Now - 60, default);
        var like = Like("a", app.Now);
        Assert.Equal([new Undo(like) { At = app.Now }], await Activities.RememberAsync("k", [like], default));
    }

    [Fact]
    public async Task An_undo_without_a_moment_is_that_of_its_first_arrival()
    {
        Undo At(long at) => new(Like("a", at) with { Id = null });
        Assert.Equal([At(app.Now)], await Activities.RememberAsync("k", [At(app.Now)], default));
        Assert.Equal([At(app.Now)], await Activities.RememberAsync("k", [At(app.Now + 60)], default));
    }

    [Fact]
    public async Task An_undo_by_content_is_for_what_is_not_remembered_and_its_first_moment_stands()
    {
        Undo Described(long at) => new(Like("a", at) with { Id = null });
        Task<IReadOnlyList<Fact>> UndoAsync(string key, long at) => Activities.TakeBackAsync(key, at, default, instead: Described(at));
        Assert.Equal([Described(app.Now)], await UndoAsync("another", app.Now));
        Assert.Equal([Described(app.Now)], await UndoAsync("another", app.Now + 60));
        var like = Like("a", app.Now);
        await Activities.RememberAsync("k", [like], default);
        Assert.Equal([new Undo(like) { At = app.Now + 60 }], await UndoAsync("k", app.Now + 60));
    }

    [Fact]
    public async Task A_count_without_people_is_remembered_too()
    {
        MetricReport Quotes(long at) =>
            new()
            {
                Account = AccountId.Parse("net:t"),
                Counts = InteractionType.Quote,
                Value = 1,
                At = at,
                Id = "answer:1",
            };
        Assert.Equal([Quotes(app.Now)], await Activities.RememberAsync("k", [Quotes(app.Now)], default));
        Assert.Equal([Quotes(app.Now)], await Activities.RememberAsync("k", [Quotes(app.Now + 9)], default));
    }

    [Fact]
    public async Task Whoever_plays_with_it_fills_no_row()
    {
        for (var i = 0; i < 200; i++)
        {
            await Activities.RememberAsync("k", [Like("a", app.Now + (2 * i))], default, isEpisode: true);
            Assert.InRange((await Activities.TakeBackAsync("k", app.Now + (2 * i) + 1, default, Noise(i, 256))).Count, 1, 64);
        }
    }

    /// <summary>R remembers and sends, B takes back and sends; r and b die between their row and the queue.</summary>
    [Theory]
    [InlineData("R", 1)]
    [InlineData("RR", 1)]
    [InlineData("rR", 1)]
    [InlineData("RB", 0)]
    [InlineData("BR", 0)]
    [InlineData("RbB", 0)]
    [InlineData("rBR", 0)]
    [InlineData("bRB", 0)]
    [InlineData("RBR", 0)]
    [InlineData("BRRB", 0)]
    public async Task Whatever_comes_first_twice_or_dies_between_the_card_is_right(string steps, int counted)
    {
        await app.TakeItemsAsync(app.Item("another", "t"));
        foreach (var step in steps)
        {
            // A redelivery on another day still tells the moment of the first.
            app.Clock.Advance(TimeSpan.FromDays(1));
            var facts = step is 'R' or 'r'
                ? await Activities.RememberAsync("k", [Like("a", app.Now)], default)
                : await Activities.TakeBackAsync("k", app.Now, default);
            if (char.IsUpper(step))
                await app.Get<FactIngestor>().TakeAsync([.. facts.Select((f, i) => IncomingFact.Of(i, f))], default);
            await app.DrainAsync();
        }

        Assert.Equal(1 + counted, (await app.CardAsync("net:t"))!.Coverage.Interactions);
    }

    [Theory]
    [InlineData("github|a/b#c?d")]
    [InlineData("activitystreams|https://social.example/users/ana#likes/1")]
    [InlineData("שלום 🎉")]
    public async Task Any_text_is_a_key_and_keys_do_not_meet(string key)
    {
        await Activities.RememberAsync(key, [Like("a", app.Now)], default);
        Assert.Empty(await Activities.TakeBackAsync(key + "x", app.Now, default));
        Assert.Single(await Activities.TakeBackAsync(key, app.Now, default));
    }

    [Fact]
    public async Task A_key_of_any_length_and_sixty_four_people_fit_a_row()
    {
        var key = new string('k', 4096);
        Interaction[] many =
        [
            .. Enumerable
                .Range(0, 64)
                .Select(i => Like(Noise(i, 200), app.Now) with { Id = Noise(i + 100, 256), Object = Noise(i + 200, 1024) }),
        ];
        await Activities.RememberAsync(key, many, default);
        Assert.Equal(64, (await Activities.TakeBackAsync(key, app.Now, default)).Count);
        Assert.Empty(await Activities.TakeBackAsync(key + "k", app.Now, default));
    }

    [Fact]
    public async Task Whoever_is_first_of_many_at_once_the_end_is_the_same()
    {
        for (var round = 0; round < 20; round++)
        {
            var (key, like) = ($"k{round}", Like($"a{round}", app.Now - 10));
            var answers = await Task.WhenAll(
                Activities.RememberAsync(key, [like], default),
                Activities.TakeBackAsync(key, app.Now, default),
                Activities.RememberAsync(key, [like], default),
                Activities.TakeBackAsync(key, app.Now, default)
            );
            // Whatever the order, somebody saw both, and the undo goes to the queue.
            Assert.Contains(answers.SelectMany(a => a), f => f is Undo);
        }
    }

    [Fact]
    public async Task A_row_carries_its_version_and_the_moment_after_which_it_can_go()
    {
        await Activities.RememberAsync("k", [Like("a", app.Now)], default);
        var row = await app.Deployment.Activities.QueryAsync<TableEntity>().SingleAsync();
        Assert.Equal((2, app.Clock.GetUtcNow()), (row.GetInt32("V")!.Value, row.GetDateTimeOffset("At")!.Value));
    }

    private static string Noise(int seed, int length)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4E00, 0x9FFF)));
    }

    private static Interaction Like(string actor, long at) =>
        new()
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse($"net:{actor}"),
            Target = AccountId.Parse("net:t"),
            At = at,
            Id = "like:1",
            Object = "post/1",
            Context = FactContext.Of(["tides"], "forum.example"),
        };
}
