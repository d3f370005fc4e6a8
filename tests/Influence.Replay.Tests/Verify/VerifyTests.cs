namespace Influence.Replay.Tests.Verify;

public sealed class VerifyTests
{
    private readonly VerifyCommand command = new();

    [Theory]
    [InlineData("verify --sample 200 --seed 3 --repair --admin-key k", 200, 3, true, "k")]
    [InlineData("verify", 100, 1, false, "INFLUENCE_ADMIN_KEY")]
    public void The_command_line_is_read(string line, int sample, int seed, bool repair, string key)
    {
        var root = new ReplayCommand { command };
        var parsed = root.Parse(line);
        Assert.Empty(parsed.Errors);
        Assert.Same(command, parsed.CommandResult.Command);
        var options = command.Read(parsed, name => name);
        Assert.Equal((sample, seed, repair, key), (options.Sample, options.Seed, options.Repair, options.AdminKey));
    }

    [Fact]
    public void Named_accounts_are_checked_alone()
    {
        var options = command.Read(command.Parse(["--account", "net:a", "--account", "net:b"]), _ => null);
        Assert.Equal(["net:a", "net:b"], options.Accounts);
        Assert.Equal(0, options.Sample);
    }

    [Fact]
    public async Task Drift_is_shown_and_told_apart_from_a_clean_answer()
    {
        await using var api = await FakeApi.StartAsync();
        using var run = new TestRun();
        var options = new VerifyOptions
        {
            Url = api.Url,
            Sample = 200,
            Seed = 4,
            AdminKey = "operator",
        };
        Assert.False(await new VerifyRun(options, run.Reporter, run.Folder, TimeProvider.System, new Random(1)).RunAsync(default));
        Assert.Equal("""{"accounts":[],"sample":200,"seed":4,"repair":false}""", api.Verified);
        Assert.Equal(["operator"], api.Keys);
        Assert.Contains("net:[b]", run.Output, StringComparison.Ordinal);
        Assert.Contains("-1.500000", run.Output, StringComparison.Ordinal);
        Assert.Contains("net:old", run.Output, StringComparison.Ordinal);
        Assert.Contains("Checked 200 accounts: 1 drifted, 0 repaired, 0 failed.", run.Output, StringComparison.Ordinal);

        api.HasDrift = false;
        Assert.True(await new VerifyRun(options, run.Reporter, run.Folder, TimeProvider.System, new Random(1)).RunAsync(default));
    }

    [Fact]
    public async Task A_refusal_ends_the_run_with_its_reason()
    {
        await using var api = await FakeApi.StartAsync();
        using var run = new TestRun();
        var options = new VerifyOptions
        {
            Url = api.Url,
            Accounts = ["bad"],
            AdminKey = "operator",
        };
        var failure = await Assert.ThrowsAsync<ReplayFailedException>(() =>
            new VerifyRun(options, run.Reporter, run.Folder, TimeProvider.System, new Random(1)).RunAsync(default)
        );
        Assert.Contains("'accounts[0]'", failure.Message, StringComparison.Ordinal);
    }
}
