using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Influence.Simulation.Tests.Settle;

/// <summary>What actors did is folded exactly once, wherever a fold dies, repeats or meets another.</summary>
public sealed class ActivityFoldTests
{
    private static readonly ShardRange Everyone = new(0, 1);

    [Fact]
    public async Task A_fold_that_dies_before_any_call_and_is_done_again_comes_to_the_same()
    {
        for (var (call, died) = (0, true); died; call++)
        {
            await using var app = await AppAsync();
            await NoteAsync(app, 3);
            await FoldAsync(app, "a", 1);
            await NoteAsync(app, 2);
            died = await DiesAsync(app, "b", 2, call);
            await FoldAsync(app, "b", 2);
            await NoteAsync(app, 4);
            await FoldAsync(app, "c", 3);
            Assert.True(died || call > 5);
            await AssertCountsAsync(app, 9, $"dead before call {call}");
        }
    }

    [Fact]
    public async Task A_fold_that_died_for_good_leaves_its_rows_to_the_next()
    {
        for (var (call, died) = (0, true); died; call++)
        {
            await using var app = await AppAsync();
            await NoteAsync(app, 3);
            died = await DiesAsync(app, "a", 1, call);
            await NoteAsync(app, 2);
            await FoldAsync(app, "b", 2);
            await AssertCountsAsync(app, 5, $"dead before call {call}");
        }
    }

    [Theory]
    // The same publication's step twice at once, one requested later, and one requested earlier.
    [InlineData("b", 2)]
    [InlineData("c", 3)]
    [InlineData("a", 1)]
    public async Task Of_two_folds_at_once_each_row_is_in_one(string other, int requested)
    {
        for (var (call, met) = (0, true); met; call++)
        {
            await using var app = await AppAsync();
            await NoteAsync(app, 3);
            await FoldAsync(app, "0", 0);
            await NoteAsync(app, 2);
            met = false;
            var calls = 0;
            app.Faults.Before = async _ =>
            {
                if (calls++ != call)
                    return;
                met = true;
                await NoteAsync(app, 1);
                await FoldAsync(app, other, requested);
            };
            await FoldAsync(app, "b", 2);
            app.Faults.Before = _ => Task.CompletedTask;
            if (!met)
                return;
            await FoldAsync(app, "d", 4);
            await AssertCountsAsync(app, 6, $"met before call {call}");
        }
    }

    [Fact]
    public async Task A_message_that_comes_again_before_or_after_its_fold_adds_nothing()
    {
        await using var app = await AppAsync();
        var message = FactsCodec.Write([app.Share("actor", "t")], new FactOrigin(app.Now)).Single();
        for (var i = 0; i < 3; i++)
        {
            await app.Get<ScoreRecomputer>().ApplyAsync(message, default);
            await app.Get<ScoreRecomputer>().ApplyAsync(message, default);
            await FoldAsync(app, $"r{i}", i);
            await AssertCountsAsync(app, 1, $"fold {i}");
        }

        // Tombstones go after nine days, pages that nobody reads any more with their publication.
        app.Clock.Advance(TimeSpan.FromDays(11));
        await app.Get<Retention>().RunAsync(default);
        Assert.Empty(await app.Deployment.Journal.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task Many_actors_lie_on_many_pages_which_a_key_finds()
    {
        await using var app = await AppAsync();
        for (var batch = 0; batch < 4; batch++)
            await app.ApplyAsync([
                .. Enumerable
                    .Range(0, 500)
                    .Select(i =>
                        app.Share($"actor{(500 * batch) + i}", "t") with
                        {
                            Context = FactContext.Of([$"a topic with a rather long name {i} of {batch}"], null),
                        }
                    ),
            ]);
        await FoldAsync(app, "a", 1);
        var now = (await ActivityPointer.FindAsync(app.Deployment.Settlements, default))!;
        Assert.InRange(now.Bits, 3, 5);
        var (pages, keys) = (new ActivityPages(app.Deployment.Settlements), await app.Deployment.KeysAsync(default));
        var packed = await pages.ScanAsync(now, 0, ulong.MaxValue, default).ToListAsync();
        Assert.Equal(1 << now.Bits, packed.Count);
        Assert.All(packed, p => Assert.InRange(p.Packed.Length, 1000, 32 * 1024));
        for (var i = 0; i < 2000; i++)
        {
            var key = keys.KeyOf(AccountId.Parse($"net:actor{i}"));
            Assert.Single(await pages.FindAsync(now, key, default) ?? [], a => a.Key == key);
        }

        // In ranges as a settlement reads them: everyone once.
        foreach (var ranges in new[] { 1, 4, 256 })
        {
            var own = new List<OwnActivities>();
            foreach (var range in ShardRange.All(ranges))
                own.Add(await Fold(app).OfRangeAsync(range, default));
            Assert.Equal(2000, own.Sum(o => o.Count));
        }
    }

    [Fact]
    public async Task Of_an_erased_account_nothing_is_carried_on()
    {
        await using var app = await AppAsync();
        await NoteAsync(app, 3);
        await FoldAsync(app, "a", 1);
        await AssertCountsAsync(app, 3, "before");
        await app.Get<Suppression>().AddAsync(AccountId.Parse("net:actor"), default);
        await FoldAsync(app, "b", 2);
        Assert.Equal(0, (await Fold(app).OfRangeAsync(Everyone, default)).Count);
    }

    private static async Task<InMemoryApp> AppAsync()
    {
        // Waits between attempts are over at once.
        var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon));
        await app.Deployment.KeysAsync(default);
        return app;
    }

    private static async Task NoteAsync(InMemoryApp app, int messages)
    {
        for (var i = 0; i < messages; i++)
            await app.ApplyAsync(app.Share("actor", $"t{i}"));
    }

    private static ActivityFold Fold(InMemoryApp app) =>
        new(app.Deployment, app.Get<Suppression>(), app.Get<OptimisticConcurrency>(), NullLogger<ActivityFold>.Instance);

    private static Task FoldAsync(InMemoryApp app, string id, int requested) => Fold(app).FoldAsync(RunOf(app, id, requested), default);

    private static async Task<bool> DiesAsync(InMemoryApp app, string id, int requested, int call)
    {
        var calls = 0;
        app.Faults.Before = _ => calls++ == call ? throw new InvalidOperationException("The process ends here.") : Task.CompletedTask;
        try
        {
            await FoldAsync(app, id, requested);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        finally
        {
            app.Faults.Before = _ => Task.CompletedTask;
        }
    }

    private static async Task AssertCountsAsync(InMemoryApp app, uint shares, string how)
    {
        var own = await Fold(app).OfRangeAsync(Everyone, default);
        var keys = await app.Deployment.KeysAsync(default);
        var counted = own.StyleOf(keys.KeyOf(AccountId.Parse("net:actor")))?.Shares;
        Assert.True(counted == shares, $"{how}: {counted} instead of {shares}.");
    }

    private static PublicationRun RunOf(InMemoryApp app, string id, int requested) =>
        new(
            id,
            DateTimeOffset.UnixEpoch.AddMinutes(requested),
            1,
            new PublicationInput(new DateOnly(2026, 11, 20), app.Now, app.Now, 1, 0.01)
        );
}
