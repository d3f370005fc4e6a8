namespace Influence.Replay.Tests.Sending;

public sealed class DryRunTests : IDisposable
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");

    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_dry_run_says_what_would_be_sent_and_what_refused_and_needs_no_app()
    {
        var file = Write(
            """
            type,actor,target,at,text
            like,x:a,x:b,2026-11-20T10:00:00Z,hello
            share,github:a,x:b,2026-11-22T10:00:00Z,
            like,x:a,x:a,2026-11-22T10:00:00Z,
            like,x:c,nobody,2026-11-22T10:00:00Z,
            wave,x:c,x:b,2026-11-22T10:00:00Z,
            like,x:c,x:b,2026-01-22T10:00:00Z,
            """
        );
        await run.RunAsync(
            new ReplayOptions
            {
                File = file,
                Url = Nowhere,
                DryRun = true,
                Shift = ShiftMode.None,
            }
        );
        foreach (
            var line in new[]
            {
                "Columns that are not read: text.",
                "Dry run: 2 of 6 would be accepted. Nothing was posted.",
                "types: like 1, share 1",
                "accounts by network: github 1, x 2",
                "days: 2026-01-22 to 2026-11-22 (305 days)",
                "1 refused as too_old, such as: 'at' is more than 90 days ago.",
                "1 refused as self_interaction",
                "1 refused as invalid_account, such as: 'target' is not an account.",
                "1 refused as unknown_type",
            }
        )
            Assert.Contains(line, run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Kept);
    }

    [Fact]
    public async Task A_dry_run_names_all_lines_that_cannot_be_read_and_then_fails()
    {
        var file = Write("type,actor,target,at\nlike,x:a,x:b,2026-11-20T10:00:00Z\nlike,x:a\nlike,x:a,x:b,soon\n");
        var options = new ReplayOptions
        {
            File = file,
            Url = Nowhere,
            DryRun = true,
        };
        var error = await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(options));
        Assert.Contains("give --skip-bad", error.Message, StringComparison.Ordinal);
        Assert.Contains("log.csv, line 3: 4 columns as in the header, not 2.", run.Output, StringComparison.Ordinal);
        Assert.Contains("log.csv, line 4: 'at' is neither", run.Output, StringComparison.Ordinal);
        await run.RunAsync(options with { SkipBad = true });
    }

    [Fact]
    public async Task What_cannot_be_read_is_left_out_when_asked_for_and_written_to_a_file_with_the_reason()
    {
        await using var api = await FakeApi.StartAsync();
        var file = Write("type,actor,target,at\nlike,x:a,x:b,2026-11-20T10:00:00Z\nlike,x:a\nlike,x:a,x:b,soon\n");
        var options = new ReplayOptions
        {
            File = file,
            Url = api.Url,
            Publish = false,
        };
        var error = await Assert.ThrowsAsync<BadLineException>(() => run.RunAsync(options));
        Assert.Equal(3, error.Number);
        Assert.Empty(api.Taken);
        await run.RunAsync(options with { SkipBad = true });
        Assert.Single(api.Taken.Single());
        Assert.Contains("2 lines of log.csv cannot be read; what is left out is in", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["line\treason\ttext", "3\t4 columns as in the header, not 2\tlike,x:a", $"4\t'at' {Timestamp.Rule}\tlike,x:a,x:b,soon"],
            await File.ReadAllLinesAsync(run.Folder.PathOf("log.csv.left-out.tsv"))
        );
    }

    private string Write(string content)
    {
        var path = Path.Combine(run.Path, "log.csv");
        File.WriteAllText(path, content);
        return path;
    }
}
