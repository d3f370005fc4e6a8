using System.Net;
using System.Text;
using Azure.Storage.Queues;
using InfluenceFunctions.Tests.Telemetry;

namespace InfluenceFunctions.Tests.Secrets;

public sealed class SecretsTests
{
    private const string WebhookSecret = "webhook-secret-of-the-tests";
    private const string VerifyToken = "verify-token-of-the-tests";

    [Fact]
    public async Task The_whole_flow_at_debug_level_writes_no_secret_and_no_id_of_a_person()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var collector = await Collector.StartAsync();
        await using var app = await RunningApp.StartAsync(
            azurite,
            [
                // Whatever the exporters send is searched as well.
                .. collector.OtlpSettings,
                .. collector.AzureSettings,
                // In the worker, and in the host that shows its lines.
                ("Logging__LogLevel__Default", "Debug"),
                ("AzureFunctionsJobHost__logging__logLevel__default", "Debug"),
                ("AzureFunctionsJobHost__logging__logLevel__Function", "Debug"),
                ("Webhooks__github__Secrets__0", WebhookSecret),
                ("Webhooks__meta__Secrets__0", WebhookSecret),
                ("Webhooks__meta__VerifyToken", VerifyToken),
                ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
            ]
        );
        var (net, said) = (Some.Network(), new StringBuilder());
        var (actor, target) = ($"{net}:ada-lovelace", $"{net}:grace-hopper");

        await app.PostInteractionsAsync(Some.Batch(Some.Interaction(actor, target), Some.Interaction(actor, actor)));
        await app.PostAsync("/api/v1/metrics", Some.Batch(Some.Metric(target, "followers", "\"value\":12")));
        await app.PostInteractionsAsync("{\"broken");
        foreach (var answer in await WebhooksAsync(app))
            said.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync());
        await new QueueClient(azurite.ConnectionString, "interactions").SendMessageAsync($"poison of {actor}");
        await app.DrainAsync();
        await app.PublishAsync();
        await app.Operator.PostAsync("/admin/functions/WatchQueues", new StringContent("{}", Encoding.UTF8, "application/json"));

        // What answers rightly name people is left out: cards and boards of whom was asked for.
        Assert.NotNull(await app.CardAsync(target));
        await ErrorsAndReportsAsync(app, said);
        await Eventually.HoldsAsync(
            "both poison queues are told in the log",
            () =>
                app.Log.Contains("Waiting in shards-poison", StringComparison.Ordinal)
                && app.Log.Contains("Dead letter", StringComparison.Ordinal),
            state: () => app.Log
        );

        azurite.Kill();
        said.Append(await (await app.Client.GetAsync("/api/health")).Content.ReadAsStringAsync());
        said.Append(await (await app.PostInteractionsAsync(Some.Batch(Some.Interaction(actor, target)))).Content.ReadAsStringAsync());

        Assert.Contains("dbug", app.Log, StringComparison.Ordinal);
        var accountKey = azurite.ConnectionString.Split("AccountKey=")[1].Split(';')[0];
        Assert.Equal(0, await app.InterruptAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains(collector.Spans, s => s.Name == "function TakeWebhook");
        Assert.Contains(collector.Lines, l => l.Text.StartsWith("Dead letter", StringComparison.Ordinal));
        Assert.Contains(collector.Items, i => i.GetRawText().Contains("MetricData", StringComparison.Ordinal));
        AssertUnsaid(app.Log, said.Append(collector.All).ToString(), accountKey);
    }

    // Answers to the app's keys and to a wrong one.
    private static async Task ErrorsAndReportsAsync(RunningApp app, StringBuilder said)
    {
        string[] paths =
        [
            "/api/health",
            "/api/v1/leaderboards",
            "/api/v1/profiles/nobody",
            "/api/v1/leaderboards/none",
            "/api/v1/leaderboards/publications/x",
            "/api/x",
        ];
        using var stranger = app.NewClient("a-wrong-key");
        foreach (var client in new[] { app.Client, app.Operator, stranger })
        {
            foreach (var path in paths)
            {
                var answer = await client.GetAsync(path);
                Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
                said.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync());
            }
        }
    }

    private static void AssertUnsaid(string log, string said, string accountKey)
    {
        string[] secrets =
        [
            RunningApp.FunctionKey,
            RunningApp.MasterKey,
            WebhookSecret,
            VerifyToken,
            accountKey,
            "a-wrong-key",
            "ada-lovelace",
            "grace-hopper",
        ];
        foreach (var secret in secrets)
        {
            var lines = log.Split('\n').Where(l => l.Contains(secret, StringComparison.OrdinalIgnoreCase)).Take(5).ToList();
            Assert.True(lines.Count == 0, $"'{secret}' is in the log:\n{string.Join('\n', lines)}");
            Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase);
        }
    }

    // A delivery that is taken, one with a wrong signature, and both handshakes.
    private static async Task<HttpResponseMessage[]> WebhooksAsync(RunningApp app)
    {
        const string Star =
            """{"action":"created","repository":{"full_name":"grace-hopper/cobol","owner":{"login":"grace-hopper"}},"""
            + """
                "sender":{"login":"ada-lovelace"}}
                """;
        var taken = await Webhook.SendAsync(app, "github", Star, [("X-GitHub-Event", "star")], WebhookSecret);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var forged = await Webhook.SendAsync(app, "github", Star, [("X-GitHub-Event", "star")], "a-wrong-key");
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        var greeted = await app.Client.GetAsync($"/api/v1/webhooks/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token={VerifyToken}");
        Assert.Equal(HttpStatusCode.OK, greeted.StatusCode);
        var stranger = await app.Client.GetAsync("/api/v1/webhooks/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token=a-wrong-key");
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
        return [taken, forged, greeted, stranger];
    }
}
