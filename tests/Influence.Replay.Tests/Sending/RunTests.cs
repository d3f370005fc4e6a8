namespace Influence.Replay.Tests.Sending;

public sealed class RunTests : IDisposable
{
    private static readonly DateTimeOffset LongAgo = new(2012, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_run_posts_waits_publishes_and_shows_the_board()
    {
        await using var api = await FakeApi.StartAsync();
        await run.RunAsync(Options(api, 2500) with { Key = "k", AdminKey = "admin", Top = 3 });
        Assert.Equal([1000, 1000, 500], api.Taken.Select(b => b.Length).OrderDescending());
        Assert.Equal(1, api.Published);
        Assert.Equal(["k", "k", "k", "admin"], api.Keys);
        Assert.Contains(
            $"\"at\":{TestRun.Now.ToUnixTimeSeconds()}}}",
            string.Concat(api.Taken.SelectMany(b => b)),
            StringComparison.Ordinal
        );
        Assert.Contains("2,500 of 2,500 accepted", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"1 │ mastodon:\[b\]@fern\.example │ 71\.23 │ +\+1\.50", run.Output);
        Assert.Matches(@"2 │ github:otter +│ 60\.00 │ +-0\.25", run.Output);
        Assert.Matches(@"3 │ github:heron +│ 59\.00 │ +new", run.Output);
        Assert.Contains(
            "Board 'global' of 2026-11-24: 3 of 1,234 accounts, as of 2026-11-24 03:00:00 UTC.",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal(["shifts.json"], run.Kept);
    }

    [Fact]
    public async Task Under_the_board_stands_why_its_leader_leads()
    {
        await using var api = await FakeApi.StartAsync();
        api.ExplanationStatus = 200;
        await run.RunAsync(Options(api, 10));
        var lines = run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var first = Array.IndexOf(lines, "Why Bo [b] (mastodon:[b]@fern.example) has 71.23:");
        Assert.StartsWith("Board 'global' of", lines[first - 2], StringComparison.Ordinal);
        Assert.Equal("  The score is 71.23. It stands for an influence of 400, counted in people who engaged lately.", lines[first + 1]);
        var last = Array.FindIndex(lines, l => l.StartsWith("All of it", StringComparison.Ordinal));
        Assert.All(lines[(first + 2)..last], l => Assert.InRange(l.Length, 1, ReasonText.Width));
        Assert.Equal(40, lines[(first + 2)..last].Sum(l => l.Split("people").Length - 1));
        var profile = "profiles/mastodon%3A%5Bb%5D%40fern.example";
        Assert.Equal($"All of it, while the app runs: {api.Url}api/v1/{profile}/explanation", lines[last]);
        Assert.Contains($"The board:          {api.Url}boards/global", lines);
        Assert.Contains($"Who leads, and why: {api.Url}{profile}", lines);
        // An app that the run found goes its own way.
        Assert.DoesNotContain(lines, l => l.Contains("Ctrl+C", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(500, true)]
    public async Task A_server_that_cannot_explain_fails_no_run(int status, bool isTold)
    {
        await using var api = await FakeApi.StartAsync();
        api.ExplanationStatus = status;
        await run.RunAsync(Options(api, 10));
        Assert.Contains("Board 'global' of", run.Output, StringComparison.Ordinal);
        Assert.Equal(isTold, run.Output.Contains("Why mastodon:[b]@fern.example leads cannot be told", StringComparison.Ordinal));
        Assert.Equal(["shifts.json"], run.Kept);
    }

    [Fact]
    public async Task The_same_log_again_is_the_same_facts_in_whatever_batches()
    {
        await using var api = await FakeApi.StartAsync();
        var options = Options(api, 1500) with { Publish = false };
        await run.RunAsync(options);
        var first = api.Taken.SelectMany(b => b).Order().ToList();
        await run.RunAsync(options with { Shuffle = 4, RandomBatches = 5 }, TestRun.Now.AddHours(5));
        Assert.Equal(first, api.Taken.SelectMany(b => b).Order().Where((_, i) => i % 2 == 0));
        Assert.Equal(3000, api.Taken.Sum(b => b.Length));
        await run.RunAsync(options with { Fresh = true }, TestRun.Now.AddHours(5));
        Assert.DoesNotContain(api.Taken.SelectMany(b => b).TakeLast(1500), first.Contains);
    }

    [Fact]
    public async Task The_community_needs_no_file_and_is_the_same_within_the_hour()
    {
        await using var api = await FakeApi.StartAsync();
        var options = new ReplayOptions
        {
            Url = api.Url,
            Interactions = 2000,
            Publish = false,
        };
        await run.RunAsync(options);
        await run.RunAsync(options, TestRun.Now.AddMinutes(30));
        Assert.Equal(4000, api.Taken.Sum(b => b.Length));
        Assert.InRange(api.Taken.SelectMany(b => b).Distinct().Count(), 1990, 2000);
    }

    [Fact]
    public async Task The_community_has_boards_of_three_days_and_a_file_of_one()
    {
        await using var api = await FakeApi.StartAsync();
        await run.RunAsync(new ReplayOptions { Url = api.Url, Interactions = 50 });
        Assert.Equal(["2026-11-17", "2026-11-23", ""], api.Dates);
        await run.RunAsync(Options(api, 10));
        Assert.Equal(4, api.Published);
    }

    [Fact]
    public async Task Busy_servers_and_broken_connections_are_waited_out()
    {
        await using var api = await FakeApi.StartAsync();
        Trouble[] troubles = [Trouble.Busy, Trouble.Dropped, Trouble.TooFast, Trouble.Dropped, Trouble.Busy, Trouble.TooFast];
        api.TroubleWith = n => n < troubles.Length ? troubles[n] : Trouble.None;
        var began = Environment.TickCount64;
        await run.RunAsync(Options(api, 2500) with { Batch = 500, Parallel = 2, Publish = false });
        Assert.InRange(Environment.TickCount64 - began, 1000, 60_000);
        Assert.Equal(2500, api.Taken.SelectMany(b => b).Distinct().Count());
        Assert.Equal(5, api.Taken.Count);
    }

    [Fact]
    public async Task A_lost_answer_sends_the_batch_again()
    {
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = n => n == 1 ? Trouble.DroppedAfter : Trouble.None;
        await run.RunAsync(Options(api, 900) with { Batch = 300, Parallel = 1, Publish = false });
        Assert.Equal(4, api.Taken.Count);
        Assert.Equal(900, api.Taken.SelectMany(b => b).Distinct().Count());
        Assert.Contains("900 of 900 accepted", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patience_ends()
    {
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = _ => Trouble.TooFast;
        var error = await Assert.ThrowsAsync<ReplayFailedException>(() =>
            run.RunAsync(Options(api, 10) with { Patience = TimeSpan.FromSeconds(1) })
        );
        Assert.Contains("answers 429; tried for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_pressure_is_waited_out_however_long_it_lasts()
    {
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = n => n < 3 ? Trouble.Throttled : Trouble.None;
        await run.RunAsync(Options(api, 10) with { Patience = TimeSpan.Zero, Publish = false });
        Assert.Equal(10, api.Taken.SelectMany(b => b).Distinct().Count());
    }

    [Fact]
    public async Task Another_error_ends_the_run_in_the_servers_words()
    {
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = _ => Trouble.Broken;
        var error = await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(Options(api, 10)));
        Assert.EndsWith("answers 500 (broken): It broke in the middle.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_items_are_counted_and_shown()
    {
        await using var api = await FakeApi.StartAsync();
        // The whole first batch, which is answered 422, and one more.
        api.Refuses = item =>
            item.Contains("twitter:100", StringComparison.Ordinal) || item.Contains("twitter:1010\"", StringComparison.Ordinal);
        await run.RunAsync(Options(api, 30) with { Batch = 10, Publish = false });
        Assert.Contains("19 of 30 accepted", run.Output, StringComparison.Ordinal);
        Assert.Contains("11 refused as too_old, such as: 'at' is more than 90 days ago.", run.Output, StringComparison.Ordinal);
        api.Refuses = _ => true;
        await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(Options(api, 30)));
        Assert.Equal(["shifts.json"], run.Kept);
    }

    [Fact]
    public async Task A_failed_publication_or_an_unknown_board_fails_the_run()
    {
        await using var api = await FakeApi.StartAsync();
        api.PublicationEndsAs = "failed";
        Assert.Contains("dead letters", (await FailureAsync()).Message, StringComparison.Ordinal);
        api.PublicationEndsAs = "a word of a later version";
        Assert.Contains("a newer one?", (await FailureAsync()).Message, StringComparison.Ordinal);
        api.PublicationEndsAs = "published";
        var error = await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(Options(api, 10) with { Board = "topic:x" }));
        Assert.EndsWith("There is no such board.", error.Message, StringComparison.Ordinal);

        Task<ReplayFailedException> FailureAsync() => Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(Options(api, 10)));
    }

    private ReplayOptions Options(FakeApi api, int facts) => new() { File = run.Log(facts, LongAgo), Url = api.Url };
}
