using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Support;

/// <summary>What tests ask of the app over HTTP, and wait for.</summary>
public static class AppRequests
{
    // For the whole real log on a busy machine.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    public static Task<HttpResponseMessage> PostAsync(
        this RunningApp app,
        string path,
        string body,
        string contentType = "application/json"
    )
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return app.Client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostInteractionsAsync(
        this RunningApp app,
        string body,
        string contentType = "application/json"
    ) => app.PostAsync("/api/v1/interactions", body, contentType);

    /// <summary>Waits until the queue of facts is empty.</summary>
    public static async Task DrainAsync(this RunningApp app, int everyMilliseconds = 100)
    {
        var empty = 0;
        await Eventually.HoldsAsync(
            "the queues are empty",
            async () => (empty = await IsEmptyAsync(app) ? empty + 1 : 0) == 2,
            Long,
            () => app.Log,
            TimeSpan.FromMilliseconds(everyMilliseconds)
        );
    }

    private static async Task<bool> IsEmptyAsync(RunningApp app)
    {
        var health = await app.Client.GetAsync("/api/health");
        if (!health.IsSuccessStatusCode)
            return false;
        var queues = (await health.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("queues");
        return queues.EnumerateArray().All(q => q.GetProperty("depth").GetInt32() == 0);
    }

    public static async Task<JsonElement?> CardAsync(this RunningApp app, string account)
    {
        var response = await app.Client.GetAsync($"/api/v1/profiles/{PathId.Write(account)}");
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    // The app may be told another public address; here it is asked at its own.
    private static Uri At(RunningApp app, Uri link) =>
        new(app.Client.BaseAddress!, link.PathAndQuery[link.PathAndQuery.IndexOf("/api/", StringComparison.Ordinal)..]);

    /// <summary>The problem that an answer tells.</summary>
    public static async Task<Problem> ProblemAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.Problem))!;
    }

    /// <summary>Publishes and waits until the status says that it is done.</summary>
    public static async Task<JsonElement> PublishAsync(this RunningApp app, string body = "{}")
    {
        var response = await app.Operator.PostAsync("/api/v1/leaderboards/publications", new StringContent(body));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        JsonElement status = default;
        await Eventually.HoldsAsync(
            "the publication is over",
            async () =>
            {
                var monitor = await app.Operator.GetAsync(At(app, response.Headers.Location!));
                // Storage that is busy with the work itself may be slow to say how it stands.
                if (monitor.StatusCode == HttpStatusCode.ServiceUnavailable)
                    return false;
                status = await monitor.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
                return status.GetProperty("status").GetString() != "running";
            },
            Long,
            () => app.Log,
            TimeSpan.FromMilliseconds(100)
        );
        return status;
    }
}
