using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Influence.LocalHost.Tests.Worker;

/// <summary>Workers that end, one after the other, under one host that goes on.</summary>
public sealed class WorkerKillTests(WorkerKillTests.KilledHost fixture) : IClassFixture<WorkerKillTests.KilledHost>
{
    private const int Kills = 20;

    // Far below the wait of a caller who hangs.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Callers_are_told_at_once_and_messages_run_again()
    {
        var host = fixture.Host;
        await fixture.Messages.SendMessageAsync("slow one");
        await host.CallsAsync(1, "begins slow one");
        var calls = await HangAsync(8);
        var killed = host.KillWorker();
        foreach (var call in calls)
            await AssertToldAsync(call);
        // Also those who call while there is none.
        using (var refused = await host.Client.GetAsync("/api/null"))
            Assert.True(refused.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.OK, $"{refused.StatusCode}");

        await host.ServesAsync();
        Assert.NotEqual(killed, host.Workers[^1]);
        Assert.Equal(host.Workers[^1], await StatusAsync());
        await TestStorage.EmptyAsync(fixture.Messages, () => host.Log);
        Assert.Equal(2, host.CallsOf("begins slow one").Count);
        Assert.Single(host.CallsOf("ends slow one"));
    }

    [Theory]
    [InlineData("exit")]
    [InlineData("now")]
    public async Task A_function_that_ends_its_process_is_answered_too(string how)
    {
        var before = fixture.Host.Workers.Count;
        await AssertToldAsync(fixture.Host.Client.PostAsync($"/api/crash/{how}", null));
        await fixture.Host.ServesAsync();
        Assert.Equal(before + 1, fixture.Host.Workers.Count);
    }

    [Fact]
    public async Task Twenty_kills_in_a_row_end_well()
    {
        var host = fixture.Host;
        for (var i = 0; i < Kills; i++)
        {
            await host.ServesAsync();
            var calls = await HangAsync(1);
            await fixture.Messages.SendMessageAsync(string.Create(CultureInfo.InvariantCulture, $"kill {i}"));
            host.KillWorker();
            await AssertToldAsync(calls[0]);
        }

        await host.ServesAsync();
        await TestStorage.EmptyAsync(fixture.Messages, () => host.Log);
        Assert.Equal(Kills, host.CallsOf("ends kill").Distinct().Count());
        Assert.False(await (await TestStorage.QueueAsync($"{fixture.Messages.Name}-poison")).ExistsAsync());
    }

    private async Task<Task<HttpResponseMessage>[]> HangAsync(int count)
    {
        var id = TestStorage.NewName();
        var calls = Enumerable.Range(0, count).Select(_ => fixture.Host.Client.GetAsync($"/api/hang-deaf/{id}")).ToArray();
        await fixture.Host.CallsAsync(count, id);
        return calls;
    }

    private static async Task AssertToldAsync(Task<HttpResponseMessage> call)
    {
        await Eventually.EndsAsync(call, "a call whose worker was killed", AtOnce);
        using var response = await call;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private async Task<int> StatusAsync()
    {
        using var status = JsonDocument.Parse(await fixture.Host.Client.GetStringAsync("/admin/host/status"));
        return status.RootElement.GetProperty("processId").GetInt32();
    }

    public sealed class KilledHost : HostFixture
    {
        private readonly string name = TestStorage.NewName();

        internal Azure.Storage.Queues.QueueClient Messages { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            Messages = await TestStorage.NewQueueAsync(name);
            await base.InitializeAsync();
        }

        protected override (string Name, string Value)[] Settings =>
            [.. RunningHost.Listens("Slow", name), ("LocalHost__LongestRestartPause", "00:00:00.200"), MostAttempts];

        private static (string Name, string Value) MostAttempts => ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "100");
    }
}
