using OpenTelemetry;
using OpenTelemetry.Trace;
using Activity = System.Diagnostics.Activity;
using ActivityKind = System.Diagnostics.ActivityKind;
using ActivitySource = System.Diagnostics.ActivitySource;
using ActivityStatusCode = System.Diagnostics.ActivityStatusCode;

namespace Influence.Pipeline.Tests.Operations;

/// <summary>Spans of the real steps over Azurite, from a call to the rows.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TraceTests(TestAzurite azurite) : IDisposable
{
    private static readonly ActivitySource Calls = new("Tests.Calls");
    private readonly List<Activity> spans = [];
    private TracerProvider? provider;

    [Fact]
    public async Task A_call_its_message_its_commit_and_its_rows_are_one_trace()
    {
        await using var app = new App(azurite);
        await app.Deployment.KeysAsync(default);
        Listen();
        var call = await CallAsync(app, "net:a", "net:t");
        await app.ApplyAsync(Assert.Single(await app.ReceiveAsync()));

        var trace = Of(call);
        var send = Assert.Single(trace, s => s.DisplayName == "send interactions");
        var process = Assert.Single(trace, s => s.DisplayName == "process interactions");
        var commit = Assert.Single(trace, s => s.DisplayName == "commit accounts");
        Assert.Equal(
            [(ActivityKind.Producer, call.SpanId), (ActivityKind.Consumer, send.SpanId), (ActivityKind.Internal, process.SpanId)],
            new[] { send, process, commit }.Select(s => (s.Kind, s.ParentSpanId))
        );
        // One request put the message there, one wrote the account; each names its step, and none the account.
        var put = Assert.Single(trace, s => s.ParentSpanId == send.SpanId && s.Kind == ActivityKind.Client);
        Assert.Equal(($"POST {app.Prefix}interactions", "ingest"), (put.DisplayName, (string)put.GetTagItem("influence.step")!));
        var write = Assert.Single(trace, s => s.ParentSpanId == commit.SpanId && s.DisplayName == $"POST {app.Prefix}Accounts");
        Assert.Equal((204, "recompute"), ((int)write.GetTagItem("http.response.status_code")!, write.GetTagItem("influence.step")));
        Assert.All(spans.SelectMany(s => s.Tags), t => Assert.DoesNotContain("net:", t.Value ?? "", StringComparison.Ordinal));
        Assert.All(spans.SelectMany(s => s.TagObjects), t => Assert.NotEqual("url.full", t.Key));
    }

    [Fact]
    public async Task A_commit_that_several_messages_wait_for_is_linked_to_all_of_them()
    {
        await using var app = new App(azurite, settings: ("Influence:Partitions", "1"));
        await app.Deployment.KeysAsync(default);
        Listen();
        for (var i = 0; i < 6; i++)
            await CallAsync(app, $"net:a{i}", $"net:t{i}");
        await Task.WhenAll((await app.ReceiveAsync()).Select(app.ApplyAsync));

        var messages = spans.Where(s => s.DisplayName == "process interactions").ToList();
        var commits = spans.Where(s => s.DisplayName == "commit accounts").ToList();
        Assert.InRange(commits.Count, 1, 5);
        // Each message is the parent of a commit, or linked to one.
        var waited = commits.SelectMany(c => c.Links.Select(l => l.Context.SpanId).Append(c.ParentSpanId)).ToList();
        Assert.Equal(messages.Select(m => m.SpanId).ToHashSet(), waited.ToHashSet());
        Assert.Equal(6, waited.Count);
    }

    [Fact]
    public async Task The_run_of_the_function_is_linked_and_a_failure_is_told_by_its_type_alone()
    {
        await using var app = new App(azurite);
        await app.Deployment.KeysAsync(default);
        Listen();
        var call = await CallAsync(app, "net:a", "net:t");
        var message = Assert.Single(await app.ReceiveAsync());
        using (
            var run = Calls.StartActivity("function RecomputeScores", ActivityKind.Internal, default(System.Diagnostics.ActivityContext))
        )
        {
            using var gone = new CancellationTokenSource();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Get<ScoreRecomputer>().ApplyAsync(message, gone.Token));
            var process = Assert.Single(Of(call), s => s.DisplayName == "process interactions");
            Assert.Equal(run!.SpanId, Assert.Single(process.Links).Context.SpanId);
            Assert.Equal((ActivityStatusCode.Error, null), (process.Status, process.StatusDescription));
            Assert.Equal("System.OperationCanceledException", process.GetTagItem("error.type"));
        }
    }

    [Fact]
    public async Task A_publication_is_one_trace_over_all_its_steps()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        Listen();
        Activity call;
        using (call = Calls.StartActivity("publish")!)
            await app.Get<Publisher>().RequestAsync(null, default);
        await app.DrainPublicationsAsync();

        var steps = Of(call).Where(s => s.DisplayName == "process shards").ToList();
        Assert.True(steps.Count > 1, $"{steps.Count} steps");
        Assert.All(steps, s => Assert.NotNull(s.GetTagItem("influence.step")));
    }

    [Fact]
    public async Task A_message_without_or_with_a_broken_context_is_processed_all_the_same()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.SendAsync([app.Share("net:b", "net:t")]);
        Listen();
        // The run of the function, which is the parent where the message names none. Other tests trace meanwhile.
        using var run = Calls.StartActivity("run")!;
        var texts = await app.ReceiveAsync();
        Assert.All(texts, t => Assert.DoesNotContain("traceparent", t, StringComparison.Ordinal));
        Assert.Equal(1, (await app.ApplyAsync(texts[0])).Applied);
        Assert.Equal(
            1,
            (await app.ApplyAsync(texts[1].Replace("{\"v\":2", "{\"traceparent\":\"00-zz\",\"v\":2", StringComparison.Ordinal))).Applied
        );
        Assert.Equal(2, Of(run).Count(s => s is { DisplayName: "process interactions", HasRemoteParent: false }));
    }

    public void Dispose() => provider?.Dispose();

    // Sampling is left to its default, which heeds the parent.
    private void Listen() =>
        provider = Sdk.CreateTracerProviderBuilder().AddSource(PipelineTraces.SourceName, Calls.Name).AddInMemoryExporter(spans).Build();

    private static async Task<Activity> CallAsync(App app, string actor, string target)
    {
        using var call = Calls.StartActivity("call", ActivityKind.Server);
        await app.SendAsync([app.Share(actor, target)]);
        return call!;
    }

    private List<Activity> Of(Activity root) => [.. spans.Where(s => s.TraceId == root.TraceId)];
}
