using System.Diagnostics;
using System.Globalization;
using System.Net;
using Influence.Storage;

namespace InfluenceFunctions.Tests.Faults;

/// <summary>However the app ends, its Azurite ends with it and has saved; other apps keep theirs.</summary>
public sealed class ShutdownTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("influence-azurite").FullName;
    private readonly AzuritePorts ports = AzuritePorts.Free();
    private readonly string net = Some.Network();
    private int taken;

    private (string, string)[] OwnStorage =>
        [
            ("AzureWebJobsStorage", TestAzurite.ConnectionStringOf(ports.Blob, ports.Queue, ports.Table)),
            ("LocalHost__AzuriteFolder", folder),
            ("LocalHost__QueueLock", "00:00:05"),
        ];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        var ids = await File.ReadAllTextAsync(Path.Combine(folder, "azurite.pid"));
        var last = int.Parse(ids.Split(' ')[0], CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync("the last Azurite has saved and ended", () => Process.GetProcesses().All(p => p.Id != last));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Killed_under_load_its_azurite_is_gone_in_three_seconds_and_nothing_taken_is_lost()
    {
        await using var app = await StartAsync();
        await UnderLoadAsync(
            app,
            async () =>
            {
                app.Kill();
                await GoneAsync(TimeSpan.FromSeconds(3));
            }
        );

        await app.StartAsync();
        await app.DrainAsync();
        var counted = (await app.CardAsync($"{net}:all"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64();
        Assert.InRange(counted, taken, long.MaxValue);
    }

    [Fact]
    public async Task Interrupted_under_load_it_ends_in_order_within_ten_seconds_and_its_azurite_with_it()
    {
        await using var app = await StartAsync();
        await UnderLoadAsync(
            app,
            async () =>
            {
                Assert.Equal(0, await app.InterruptAsync(TimeSpan.FromSeconds(10)));
                await GoneAsync(TimeSpan.FromSeconds(3));
            }
        );
        Assert.DoesNotContain("Unhandled", app.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", app.Log, StringComparison.Ordinal);
        await using var owner = new FileStream(Path.Combine(folder, "azurite.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task Interrupted_while_it_starts_it_says_so_in_a_sentence_and_leaves_no_azurite()
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var app = RunningApp.Launch(new TestAzurite(), OwnStorage);
            await Eventually.HoldsAsync(
                "its Azurite is being started",
                () => File.Exists(Path.Combine(folder, "azurite.pid")),
                every: TimeSpan.FromMilliseconds(5)
            );
            var code = await app.InterruptAsync(TimeSpan.FromSeconds(10));
            Assert.DoesNotContain("   at ", app.Log, StringComparison.Ordinal);
            await GoneAsync(TimeSpan.FromSeconds(3));
            if (code == 130)
            {
                Assert.EndsWith("Stopped before it had started.", app.Log.TrimEnd(), StringComparison.Ordinal);
                return;
            }

            // On a busy machine the interrupt can come when the start is over: then it was a stop, and the next start is caught.
            Assert.Equal(0, code);
            Assert.Contains("Application started", app.Log, StringComparison.Ordinal);
            Assert.InRange(attempt, 1, 9);
            File.Delete(Path.Combine(folder, "azurite.pid"));
        }
    }

    [Fact]
    public async Task Whoever_starts_it_and_is_gone_takes_it_along()
    {
        await using var app = await StartAsync();
        Assert.Equal(0, await app.CloseInputAsync(TimeSpan.FromSeconds(10)));
        await GoneAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_start_that_fails_later_leaves_no_azurite()
    {
        // An address of nobody's (RFC 5737): known to be wrong only when the server starts.
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            RunningApp.StartAsync(new TestAzurite(), [.. OwnStorage, ("Kestrel__Endpoints__other__Url", "http://192.0.2.1:7999")])
        );
        Assert.Contains("Cannot assign requested address", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "azurite.pid")));
        await GoneAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Of_two_apps_of_a_clone_neither_takes_the_others_storage_with_it()
    {
        await using var first = await StartAsync();
        await using (var second = await StartAsync())
            second.Kill();
        Assert.True(await first.IsHealthyAsync());

        await using var third = await StartAsync();
        await first.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:b")));
        first.Kill();
        await Eventually.HoldsAsync("the other app has storage of its own", () => third.IsHealthyAsync(), state: () => third.Log);
        await third.DrainAsync();
        Assert.NotNull(await third.CardAsync($"{net}:b"));
        third.Kill();
        await GoneAsync(TimeSpan.FromSeconds(3));
    }

    private Task<RunningApp> StartAsync() => RunningApp.StartAsync(new TestAzurite(), OwnStorage);

    private Task GoneAsync(TimeSpan within) =>
        Eventually.HoldsAsync("its Azurite is gone", async () => !await ports.AnswerAsync(default), within);

    // Several callers post until the work is done.
    private async Task UnderLoadAsync(RunningApp app, Func<Task> work)
    {
        using var done = new CancellationTokenSource();
        var callers = Enumerable
            .Range(0, 6)
            .Select(caller => Task.Run(() => PostAsync(app, caller, done.Token), CancellationToken.None))
            .ToList();
        await Eventually.HoldsAsync("facts are taken", () => Volatile.Read(ref taken) > 5000, state: () => app.Log);
        await work();
        await done.CancelAsync();
        await Task.WhenAll(callers);
    }

    private async Task PostAsync(RunningApp app, int caller, CancellationToken done)
    {
        for (var batch = 0; !done.IsCancellationRequested; batch++)
        {
            var facts = Enumerable
                .Range(0, 200)
                .SelectMany(i =>
                    new[]
                    {
                        Some.Interaction($"{net}:{caller}.{batch}.{i}", $"{net}:all"),
                        Some.Interaction($"{net}:{i}", $"{net}:{caller}.{batch % 20}.{i}"),
                    }
                );
            try
            {
                using var response = await app.PostInteractionsAsync(Some.Batch(facts));
                if (response.StatusCode == HttpStatusCode.Accepted)
                    Interlocked.Add(ref taken, 200);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }
}
