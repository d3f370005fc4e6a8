namespace Influence.Replay.Tests.Sending;

public sealed class ImportRunTests : IDisposable
{
    private const string Imports = "/api/v1/imports";
    private const string Interactions = "/api/v1/interactions";

    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task An_import_goes_to_its_own_address_with_the_operators_key_and_its_moments_stay()
    {
        await using var api = await FakeApi.StartAsync();
        var options = Options(api) with { Key = "k", AdminKey = "admin" };
        var (first, last) = (TestRun.Now.AddMinutes(-59 - (250 * 24 * 60)), TestRun.Now.AddDays(-250));
        await run.RunAsync(options with { File = run.Log(60, last) });
        Assert.Equal([(Imports, "admin")], api.Paths.Zip(api.Keys).Distinct());
        var lines = api.Taken.SelectMany(b => b).ToList();
        Assert.Single(lines, l => l.EndsWith($"\"at\":{first.ToUnixTimeSeconds()}}}", StringComparison.Ordinal));
        Assert.Single(lines, l => l.EndsWith($"\"at\":{last.ToUnixTimeSeconds()}}}", StringComparison.Ordinal));
        Assert.Contains("60 of 60 accepted.", run.Output, StringComparison.Ordinal);
        Assert.Contains("  30 are older than 90 days: what is left after fading counts", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Moved", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Kept);
    }

    [Fact]
    public async Task Without_an_import_nothing_is_said_of_old_lines()
    {
        await using var api = await FakeApi.StartAsync();
        await run.RunAsync(Options(api) with { Import = false, Key = "k", AdminKey = "admin" });
        Assert.Equal([(Interactions, "k")], api.Paths.Zip(api.Keys).Distinct());
        Assert.DoesNotContain("older", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_and_an_import_of_the_same_file_know_nothing_of_each_other()
    {
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = n => n >= 3 ? Trouble.Broken : Trouble.None;
        var import = Options(api);
        await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(import));
        api.TroubleWith = _ => Trouble.None;
        await run.RunAsync(import with { Import = false });
        Assert.Equal(10, Sent(api, Interactions));
        await run.RunAsync(import);
        // The request that broke was sent a second time.
        Assert.Equal(11, Sent(api, Imports));
        Assert.Contains("3 requests with 30 facts are not sent again", run.Output, StringComparison.Ordinal);
        // Those of both runs together.
        Assert.Contains("  50 are older", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Dry run: 1 of 4 would be accepted.", null)]
    [InlineData(true, "Dry run: 3 of 4 would be accepted.", "  2 are older than 90 days")]
    public async Task A_dry_run_has_the_window_of_what_it_stands_for(bool isImport, string accepted, string? old)
    {
        var file = Path.Combine(run.Path, "year.csv");
        await File.WriteAllLinesAsync(
            file,
            new[] { 89, 91, 399, 401 }
                .Select(days => $"like,net:a,net:b,{TestRun.Now.AddDays(-days).ToUnixTimeSeconds()}")
                .Prepend("type,actor,target,at")
        );
        await run.RunAsync(
            new ReplayOptions
            {
                File = file,
                DryRun = true,
                Import = isImport,
                Shift = ShiftMode.None,
            }
        );
        Assert.Contains(accepted, run.Output, StringComparison.Ordinal);
        Assert.Contains("refused as too_old", run.Output, StringComparison.Ordinal);
        if (old is null)
            Assert.DoesNotContain("older than 90 days", run.Output, StringComparison.Ordinal);
        else
            Assert.Contains(old, run.Output, StringComparison.Ordinal);
    }

    private static int Sent(FakeApi api, string path) => api.Paths.Count(p => p == path);

    private ReplayOptions Options(FakeApi api) =>
        new()
        {
            File = run.Log(100, TestRun.Now),
            Url = api.Url,
            Import = true,
            Shift = ShiftMode.None,
            Batch = 10,
            Parallel = 1,
            Publish = false,
        };
}
