using System.Diagnostics;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Telemetry;

/// <summary>The whole app with a stand-in for Azure Monitor: nothing is sampled away unless it is asked for.</summary>
public sealed class AzureMonitorTests
{
    private const int Calls = 102;

    [Theory]
    // Left alone, the exporter keeps five traces a second of these; and a caller cannot switch them off.
    [InlineData("01")]
    [InlineData("00")]
    public async Task Every_run_is_kept(string flags)
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var collector = await Collector.StartAsync();
        await using var app = await RunningApp.StartAsync(azurite, [.. collector.AzureSettings, .. collector.OtlpSettings]);
        var traces = await CallAsync(app, flags);
        await Eventually.HoldsAsync(
            "every trace arrives at Azure Monitor",
            () => traces.IsSubsetOf(TracesOf(collector)),
            state: () => $"{traces.Intersect(TracesOf(collector)).Count()} of {traces.Count}"
        );
        await Eventually.HoldsAsync(
            "every trace arrives at the collector",
            () => traces.IsSubsetOf(collector.Spans.Select(s => s.Trace)),
            state: () => $"{traces.Intersect(collector.Spans.Select(s => s.Trace)).Count()} of {traces.Count}"
        );
        Assert.Equal(0, await app.InterruptAsync(TimeSpan.FromSeconds(30)));

        // Lines, and metrics by the names that the workbook reads; each span once.
        Assert.Contains(Data(collector, "MessageData"), d => d.GetProperty("message").GetString()!.StartsWith("Waiting in ", S));
        var metrics = Data(collector, "MetricData").SelectMany(d => d.GetProperty("metrics").EnumerateArray());
        Assert.Contains(metrics, m => m.GetProperty("name").GetString() == MetricCatalogue.FunctionDuration.Name);
        var spans = Data(collector, "RemoteDependencyData").Select(d => d.GetProperty("id").GetString()).ToList();
        Assert.Equal(spans.Distinct(), spans);
    }

    [Fact]
    public async Task Half_of_the_runs_are_kept_where_infra_says_so()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var collector = await Collector.StartAsync();
        await using var app = await RunningApp.StartAsync(
            azurite,
            [.. collector.AzureSettings, ("OTEL_TRACES_SAMPLER", "microsoft.fixed_percentage"), ("OTEL_TRACES_SAMPLER_ARG", "0.50")]
        );
        var traces = await CallAsync(app, "01");
        Assert.Equal(0, await app.InterruptAsync(TimeSpan.FromSeconds(30)));
        // Which ones is told by the trace's id; that it is none or all of them has a chance of 2 in 2^102.
        Assert.InRange(traces.Intersect(TracesOf(collector)).Count(), 1, Calls - 1);
    }

    private const StringComparison S = StringComparison.Ordinal;

    private static async Task<HashSet<string>> CallAsync(RunningApp app, string flags)
    {
        var traces = Enumerable.Range(0, Calls).Select(_ => $"{ActivityTraceId.CreateRandom()}").ToHashSet(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            traces,
            async (trace, cancellationToken) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/leaderboards");
                request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-{flags}");
                (await app.Client.SendAsync(request, cancellationToken)).EnsureSuccessStatusCode().Dispose();
            }
        );
        await app.Operator.PostAsync(
            "/admin/functions/WatchQueues",
            new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
        );
        await Eventually.HoldsAsync(
            "the queues are told in the log",
            () => app.Log.Contains("Waiting in shards-poison", S),
            state: () => app.Log
        );
        return traces;
    }

    private static IEnumerable<string> TracesOf(Collector collector) =>
        collector
            .Items.Where(i => i.GetProperty("data").GetProperty("baseType").GetString() is "RemoteDependencyData" or "RequestData")
            .Select(i => i.GetProperty("tags").GetProperty("ai.operation.id").GetString()!);

    private static IEnumerable<JsonElement> Data(Collector collector, string type) =>
        from item in collector.Items
        let data = item.GetProperty("data")
        where data.GetProperty("baseType").GetString() == type
        select data.GetProperty("baseData");
}
