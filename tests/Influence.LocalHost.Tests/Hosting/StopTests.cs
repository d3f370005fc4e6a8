using System.Diagnostics;
using System.Net;

namespace Influence.LocalHost.Tests.Hosting;

/// <summary>How the host ends, asked to or not, and its worker with it.</summary>
public sealed class StopTests
{
    private const int Interrupted = 130;
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    // On Linux the signal goes to all processes of the host's group, as from a terminal: the worker must not end before its work.
    [UnixFact]
    public async Task Ctrl_C_lets_work_in_hand_end()
    {
        var queue = await TestStorage.NewQueueAsync();
        await queue.SendMessageAsync("slow");
        await using var host = await RunningHost.StartAsync(RunningHost.Listens("Slow", queue.Name));
        await host.CallsAsync(1, "begins slow");
        var call = host.Client.GetAsync("/api/slow/request");
        await host.CallsAsync(1, "request begins");
        AssertEnded(host, await host.InterruptAsync(LongestStop));
        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("slow", await response.Content.ReadAsStringAsync());
        Assert.Equal(["ends slow"], host.CallsOf("ends"));
        Assert.Equal(0, await TestStorage.CountAsync(queue));
        await AssertGoneAsync(host.Workers);
    }

    [Fact]
    public async Task A_function_cut_short_by_the_stop_leaves_its_message_to_the_next_start()
    {
        var queue = await TestStorage.NewQueueAsync();
        await queue.SendMessageAsync("endless");
        await using var host = await RunningHost.StartAsync([
            .. RunningHost.Listens("Endless", queue.Name),
            ("LocalHost__StopPatience", "00:00:00.200"),
        ]);
        await host.CallsAsync(1, "endless");
        AssertEnded(host, await host.CloseInputAsync(LongestStop));
        Assert.Equal("endless", (await queue.PeekMessageAsync()).Value.MessageText);
        await AssertGoneAsync(host.Workers);
    }

    [Fact]
    public async Task No_worker_outlives_a_host_that_is_killed()
    {
        for (var i = 0; i < 5; i++)
        {
            await using var host = await RunningHost.StartAsync();
            host.Kill();
            await AssertGoneAsync(host.Workers);
        }
    }

    [Fact]
    public async Task A_stop_between_two_workers_is_a_stop()
    {
        await using var host = await RunningHost.StartAsync();
        host.KillWorker();
        await host.SaysAsync("another one is started");
        AssertEnded(host, await host.CloseInputAsync(LongestStop));
        await AssertGoneAsync(host.Workers);
    }

    [UnixFact]
    public async Task Ctrl_C_while_the_worker_starts_is_told_as_what_it_is()
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder);
        await host.SaysAsync("Worker started");
        Assert.Equal(Interrupted, await host.InterruptAsync(LongestStop));
        Assert.EndsWith("Stopped before it had started.", host.Log.TrimEnd(), StringComparison.Ordinal);
        await AssertGoneAsync(host.Workers);
    }

    // Both ignore their tokens: what is not done in time is cut short, and the message is left to the next start.
    [UnixFact]
    public async Task SIGTERM_does_not_wait_for_functions_that_ignore_it()
    {
        var queue = await TestStorage.NewQueueAsync();
        // As many milliseconds as characters.
        await queue.SendMessageAsync(new string('x', 30_000));
        await using var host = await RunningHost.StartAsync(RunningHost.Listens("Counted", queue.Name));
        await host.CallsAsync(1, "counted");
        var call = host.Client.GetAsync("/api/hang-deaf/request");
        await host.CallsAsync(1, "request");
        AssertEnded(host, await host.TerminateAsync(LongestStop));
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        Assert.Equal(1, await TestStorage.CountAsync(queue));
        await AssertGoneAsync(host.Workers);
    }

    [UnixFact]
    public async Task A_worker_that_waits_for_a_debugger_is_named_and_SIGTERM_ends_it()
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder, ["--wait-for-debugger"], []);
        await host.SaysAsync("The worker waits for a debugger: attach one to process ");
        await host.SaysAsync("is not healthy yet after 5 s");
        Assert.Contains($"attach one to process {host.Workers.Single()}", host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening on", host.Log, StringComparison.Ordinal);
        Assert.Equal(Interrupted, await host.TerminateAsync(LongestStop));
        Assert.EndsWith("Stopped before it had started.", host.Log.TrimEnd(), StringComparison.Ordinal);
        await AssertGoneAsync(host.Workers);
    }

    // The worker's hook, which ends it, is not yet there then.
    [Fact]
    public async Task No_worker_outlives_a_host_that_is_killed_while_the_worker_starts()
    {
        await using var host = await RunningHost.LaunchAsync(RunningHost.AppFolder);
        await host.SaysAsync("Worker started");
        host.Kill();
        await AssertGoneAsync(host.Workers, LongestStop);
    }

    private static void AssertEnded(RunningHost host, int code) => Assert.True(code == 0, $"Exit code {code}:\n{host.Log}");

    private static Task AssertGoneAsync(IReadOnlyList<int> workers, TimeSpan? within = null) =>
        Eventually.HoldsAsync(
            $"the workers {string.Join(", ", workers)} are gone",
            () => workers.Count > 0 && !workers.Any(Runs),
            within ?? Gone
        );

    private static bool Runs(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
