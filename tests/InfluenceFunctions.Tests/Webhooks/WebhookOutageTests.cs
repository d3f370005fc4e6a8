using System.Net;

namespace InfluenceFunctions.Tests.Webhooks;

public sealed class WebhookOutageTests
{
    [Fact]
    public async Task Without_storage_a_delivery_is_503_so_that_the_tool_sends_it_again_and_without_a_secret_404()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(
            azurite,
            Webhook.Settings.Where(s => !s.Name.Contains("slack", StringComparison.Ordinal)).ToArray()
        );
        azurite.Kill();

        var star = """{"interactions":[{"type":"like","actor":"n:a","target":"n:b","at":AT}]}""".Replace(
            "AT",
            $"{Some.Now}",
            StringComparison.Ordinal
        );
        var response = await Webhook.SendAsync(app, "standard", star);
        Assert.NotNull(response.Headers.RetryAfter);
        await Webhook.ProblemAsync(response, HttpStatusCode.ServiceUnavailable, "unavailable");

        var like = """{"like":{"post":{"id":7,"username":"odile","post_type":1},"user":{"username":"tove"}}}""";
        var remembered = await Webhook.SendAsync(
            app,
            "discourse",
            like,
            [("X-Discourse-Event", "post_liked"), ("X-Discourse-Instance", "https://forum.example")]
        );
        await Webhook.ProblemAsync(remembered, HttpStatusCode.ServiceUnavailable, "unavailable");

        await Webhook.ProblemAsync(await Webhook.SendAsync(app, "slack", "{}"), HttpStatusCode.NotFound, "unknown_source");
    }
}
