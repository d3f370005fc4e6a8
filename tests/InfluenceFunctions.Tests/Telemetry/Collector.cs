using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace InfluenceFunctions.Tests.Telemetry;

/// <summary>A span as it came.</summary>
internal sealed record Span(string Source, string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Tags);

/// <summary>A metric as it came, with the tags of one of its values.</summary>
internal sealed record Metric(string Meter, string Name, string Unit, IReadOnlyList<string> Tags);

/// <summary>A line as it came.</summary>
internal sealed record Line(string Category, string Text, string Trace);

/// <summary>Takes what exporters send: OTLP over HTTP, and Azure Monitor's ingestion.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly StringBuilder all = new();

    private Collector(WebApplication server) => this.server = server;

    public ConcurrentQueue<Span> Spans { get; } = [];

    public ConcurrentQueue<Metric> Metrics { get; } = [];

    public ConcurrentQueue<Line> Lines { get; } = [];

    /// <summary>What came by Azure Monitor's format.</summary>
    public ConcurrentQueue<JsonElement> Items { get; } = [];

    public string Address => server.Urls.Single();

    /// <summary>Everything that was sent, a character for each byte.</summary>
    public string All
    {
        get
        {
            lock (all)
                return all.ToString();
        }
    }

    /// <summary>The settings that send an app's telemetry here by OTLP, soon.</summary>
    public (string Name, string Value)[] OtlpSettings =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        ];

    /// <summary>The settings that send it here as Azure Monitor.</summary>
    public (string Name, string Value)[] AzureSettings =>
        [
            (
                "APPLICATIONINSIGHTS_CONNECTION_STRING",
                $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={Address}/;LiveEndpoint={Address}/"
            ),
            // Its makers' own counts of its use would go to their server.
            ("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true"),
            ("APPLICATIONINSIGHTS_SDKSTATS_DISABLED_ALL", "true"),
        ];

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.server.Run(collector.TakeAsync);
        await collector.server.StartAsync(CancellationToken.None);
        return collector;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        using var body = new MemoryStream();
        await (
            context.Request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
                : context.Request.Body
        ).CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        lock (all)
            all.Append(context.Request.Path).Append('\n').Append(Encoding.Latin1.GetString(bytes)).Append('\n');
        switch (context.Request.Path.Value)
        {
            case "/v1/traces":
                TakeSpans(new ProtobufFields(bytes));
                break;
            case "/v1/metrics":
                TakeMetrics(new ProtobufFields(bytes));
                break;
            case "/v1/logs":
                TakeLines(new ProtobufFields(bytes));
                break;
            case "/v2.1/track":
                var items = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                foreach (var item in items)
                    Items.Enqueue(JsonElement.Parse(item));
                await context.Response.WriteAsJsonAsync(
                    new
                    {
                        itemsReceived = items.Length,
                        itemsAccepted = items.Length,
                        errors = Array.Empty<string>(),
                    },
                    context.RequestAborted
                );
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    // The numbers of fields are those of opentelemetry-proto, version 1.
    private void TakeSpans(ProtobufFields request)
    {
        foreach (var scope in request.All(1, 2))
        foreach (var span in scope.All(2))
            Spans.Enqueue(
                new Span(scope.All(1).Single().Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), TagsOf(span.All(9)))
            );
    }

    private void TakeMetrics(ProtobufFields request)
    {
        foreach (var scope in request.All(1, 2))
        foreach (var metric in scope.All(2))
        {
            var sums = metric.All(5, 1).Concat(metric.All(7, 1)).Select(p => p.All(7));
            foreach (var tags in sums.Concat(metric.All(9, 1).Select(p => p.All(9))))
                Metrics.Enqueue(new Metric(scope.All(1).Single().Text(1), metric.Text(1), metric.Text(3), [.. TagsOf(tags).Keys.Order()]));
        }
    }

    private void TakeLines(ProtobufFields request)
    {
        foreach (var scope in request.All(1, 2))
        foreach (var line in scope.All(2))
            Lines.Enqueue(new Line(scope.All(1).Single().Text(1), line.All(5).Single().Text(1), line.Hex(9)));
    }

    private static Dictionary<string, string> TagsOf(IEnumerable<ProtobufFields> tags) =>
        tags.ToDictionary(t => t.Text(1), t => t.All(2).Single() is var v && v.Text(1) is { Length: > 0 } text ? text : $"{v.Number(3)}");
}
