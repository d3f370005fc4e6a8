using System.Net;
using System.Text;

namespace InfluenceFunctions.Tests.Telemetry;

/// <summary>The whole app with a collector: what arrives there by OTLP.</summary>
public sealed class TelemetryTests
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task A_call_is_one_trace_to_the_tables_and_spans_metrics_and_lines_arrive_once()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var collector = await Collector.StartAsync();
        await using var app = await RunningApp.StartAsync(azurite, collector.OtlpSettings);
        var net = Some.Network();
        var target = $"{net}:grace";

        await TakeAsync(app, Some.Batch(Some.Interaction($"{net}:ada", target), Some.Interaction(target, target)), Caller);
        await app.DrainAsync();
        Assert.Equal("published", (await app.PublishAsync()).GetProperty("status").GetString());
        Assert.NotNull(await app.CardAsync(target));
        var watch = new StringContent("{}", Encoding.UTF8, "application/json");
        (await app.Operator.PostAsync("/admin/functions/WatchQueues", watch)).EnsureSuccessStatusCode();

        // What the host offers to a worker: the caller's trace goes on in it, and the function's span is the caller's child.
        var taken = await SpanAsync(collector, "function TakeInteractions", s => s.Trace == TraceOf(Caller));
        Assert.Equal(Caller.Split('-')[2], taken.Parent);
        var sent = await SpanAsync(collector, PipelineTraces.SendOf(QueueNames.Interactions), s => s.Parent == taken.Id);
        var processed = await SpanAsync(collector, PipelineTraces.ProcessOf(QueueNames.Interactions), s => s.Parent == sent.Id);
        var commit = await SpanAsync(collector, PipelineTraces.Commit, s => s.Parent == processed.Id);
        // An account alone is one row, and no transaction.
        var write = await SpanAsync(collector, "POST Accounts", s => s.Parent == commit.Id);
        Assert.All([taken, sent, processed, commit, write], s => Assert.Equal(TraceOf(Caller), s.Trace));
        Assert.Equal(("Microsoft.Tables", "recompute"), (write.Tags["az.namespace"], write.Tags["influence.step"]));
        Assert.Equal((QueueNames.Interactions, "send"), (sent.Tags["messaging.destination.name"], sent.Tags["messaging.operation.type"]));

        // The steps of a publication hang together, from the request on.
        var asked = await SpanAsync(collector, "function RequestPublication", _ => true);
        var step = await SpanAsync(collector, PipelineTraces.ProcessOf(QueueNames.Shards), s => s.Trace == asked.Trace);
        Assert.NotEmpty(step.Tags["influence.step"]);

        await MetricsAsync(collector);
        await LineAsync(collector, "Published 20");
        // The host shows the worker's lines all the same.
        Assert.Contains("Published 20", app.Log, StringComparison.Ordinal);
        Assert.Equal(0, await app.InterruptAsync(TimeSpan.FromSeconds(30)));
        AssertOnce(collector);
        Assert.DoesNotContain("grace", collector.All, StringComparison.Ordinal);
        Assert.DoesNotContain(net, collector.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_address_set_nothing_is_exported_and_messages_carry_no_trace()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, ("AzureWebJobs.RecomputeScores.Disabled", "true"));
        await TakeAsync(app, Some.Batch(Some.Interaction("net:a", "net:b")), Caller);
        var queue = new Azure.Storage.Queues.QueueClient(azurite.ConnectionString, QueueNames.Interactions);
        var text = (await queue.PeekMessageAsync()).Value.MessageText;
        Assert.DoesNotContain("traceparent", text, StringComparison.Ordinal);
        Assert.Single(FactsCodec.Read(text).Facts);
    }

    internal static async Task TakeAsync(RunningApp app, string items, string traceParent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions")
        {
            Content = new StringContent(items, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", traceParent);
        using var answer = await app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static string TraceOf(string traceParent) => traceParent.Split('-')[1];

    private static Task<Span> SpanAsync(Collector collector, string name, Func<Span, bool> isIt) =>
        Eventually.FoundAsync(
            $"the span '{name}' arrives",
            () => Task.FromResult(collector.Spans.FirstOrDefault(s => s.Name == name && isIt(s))),
            state: () => string.Join('\n', collector.Spans.Select(s => $"{s.Trace} {s.Id} in {s.Parent}: {s.Name}"))
        );

    private static Task LineAsync(Collector collector, string text) =>
        Eventually.FoundAsync(
            $"the line '{text}' arrives",
            () => Task.FromResult(collector.Lines.FirstOrDefault(l => l.Text.StartsWith(text, StringComparison.Ordinal))),
            state: () => string.Join('\n', collector.Lines.Select(l => l.Text))
        );

    // Each metric that this run can have, with the unit and the tags that the catalogue says.
    private static async Task MetricsAsync(Collector collector)
    {
        MetricDefinition[] absent =
        [
            MetricCatalogue.DeadLetters,
            MetricCatalogue.Deliveries,
            MetricCatalogue.SkippedEvents,
            MetricCatalogue.WritesThrottled,
        ];
        foreach (var metric in MetricCatalogue.All.Except(absent))
        {
            var seen = await Eventually.FoundAsync(
                $"the metric '{metric.Name}' arrives",
                () => Task.FromResult(collector.Metrics.FirstOrDefault(m => m.Name == metric.Name)),
                state: () => string.Join('\n', collector.Metrics.Select(m => m.Name).Distinct())
            );
            Assert.Equal((metric.Meter, metric.Unit), (seen.Meter, seen.Unit));
            Assert.Equal(metric.Tags.Order(StringComparer.Ordinal), seen.Tags);
        }

        Assert.All(collector.Metrics, m => Assert.Contains(MetricCatalogue.All, known => known.Name == m.Name));
    }

    // After the app's end, which sends what it still has.
    private static void AssertOnce(Collector collector)
    {
        Assert.Equal(collector.Spans.Count, collector.Spans.DistinctBy(s => s.Id).Count());
        Assert.Single(collector.Lines, l => l.Text.StartsWith("Published 20", StringComparison.Ordinal));
        Assert.Single(collector.Spans, s => s.Name == "function TakeInteractions");
        Assert.Single(collector.Spans, s => s.Name == "function RequestPublication");
    }
}
