using System.Text.RegularExpressions;

namespace Influence.LocalHost.Tests.Hosting;

/// <summary>A host that cannot start, or cannot keep its worker running, says why in a sentence.</summary>
public sealed class StartTests
{
    private const string Sentence = "The setting 'Anything' is wrong: set another.";

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    public async Task A_worker_that_ends_at_once_is_started_three_times(string code)
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder, ("ExitAtStart", code), ("LastWords", Sentence));
        var said = await EndAsync(host);
        Assert.Equal(3, host.Workers.Count);
        Assert.Contains("The worker was started 3 times and never got healthy.", said, StringComparison.Ordinal);
        Assert.Contains($"exit code {code}", said, StringComparison.Ordinal);
        Assert.EndsWith(Sentence, said.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_worker_says_of_its_settings_is_said_by_the_host_after_one_start()
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder, ("ExitAtStart", "78"), ("LastWords", Sentence));
        var said = await EndAsync(host);
        Assert.Single(host.Workers);
        Assert.EndsWith(Sentence, said.TrimEnd(), StringComparison.Ordinal);
    }

    // Its stream ends first, and what it says comes after that.
    [UnixFact]
    public async Task A_worker_that_dies_after_it_has_called_says_why()
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder, ("ExitWhenAsked", "5"), ("LastWords", Sentence));
        var said = await EndAsync(host);
        Assert.Contains("never got healthy. It ended with exit code 5. Its last output:", said, StringComparison.Ordinal);
        Assert.EndsWith(Sentence, said.TrimEnd(), StringComparison.Ordinal);
    }

    // Late: its stream ends first, as it does when an app stops by itself.
    [UnixTheory]
    [InlineData("refuse")]
    [InlineData("refuse-late")]
    public async Task What_a_healthy_worker_refuses_ends_the_host_at_once(string how)
    {
        await using var host = await RunningHost.StartAsync(("LastWords", Sentence));
        Task call = host.Client.PostAsync($"/api/crash/{how}", null);
        var said = await EndAsync(host);
        Assert.Single(host.Workers);
        Assert.EndsWith(Sentence, said.TrimEnd(), StringComparison.Ordinal);
        // With an answer or without.
        await Eventually.HoldsAsync("the call's end", () => call.IsCompleted);
    }

    [Fact]
    public async Task A_worker_that_cannot_be_started_again_ends_the_host()
    {
        var file = Path.GetTempFileName();
        File.Delete(file);
        await using var host = await RunningHost.StartAsync(("ExitAtStart", "3"), ("LastWords", Sentence), ("ExitWhenThereIs", file));
        try
        {
            await File.WriteAllTextAsync(file, "");
            host.KillWorker();
            Assert.EndsWith(Sentence, (await EndAsync(host)).TrimEnd(), StringComparison.Ordinal);
            Assert.Equal(4, host.Workers.Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(null, "worker.config.json")]
    [InlineData("{", "worker.config.json")]
    [InlineData("{}", "defaultExecutablePath")]
    [InlineData("""{"description":{"defaultExecutablePath":"dotnet"}}""", "defaultWorkerPath")]
    [InlineData("""{"description":{"defaultExecutablePath":"no-such-program","defaultWorkerPath":"app.dll"}}""", "'no-such-program'")]
    [InlineData("""{"description":{"defaultExecutablePath":"dotnet","defaultWorkerPath":"missing.dll"}}""", "missing.dll")]
    public async Task An_app_that_is_none_is_told_by_what_is_wrong_with_it(string? config, string named)
    {
        var folder = Directory.CreateTempSubdirectory("app").FullName;
        try
        {
            if (config is not null)
                await File.WriteAllTextAsync(Path.Combine(folder, "worker.config.json"), config);
            await using var host = await RunningHost.LaunchAsync(folder);
            Assert.Contains(named, await EndAsync(host), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("AzureFunctionsJobHost__extensions__queues__batchSize", "33", "BatchSize")]
    [InlineData("AzureWebJobs.Note.Disabled", "false", "'NoteQueue' is not set")]
    [InlineData("AzureWebJobsStorage", "nonsense", "'AzureWebJobsStorage'")]
    public async Task A_wrong_setting_is_named(string setting, string value, string named)
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder, (setting, value));
        Assert.Contains(named, await EndAsync(host), StringComparison.Ordinal);
    }

    private static async Task<string> EndAsync(RunningHost host)
    {
        Assert.True(await host.EndAsync() == 1, host.Log);
        Assert.DoesNotMatch(new Regex(@"^ +at |Unhandled", RegexOptions.Multiline | RegexOptions.NonBacktracking), host.Log);
        return host.Log;
    }
}
