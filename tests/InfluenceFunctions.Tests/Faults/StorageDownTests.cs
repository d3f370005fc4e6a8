using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Faults;

public sealed class StorageDownTests
{
    [Fact]
    public async Task Without_storage_nothing_is_taken_and_health_names_the_setting()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite);
        azurite.Kill();

        var post = await app.PostInteractionsAsync(Some.Batch(Some.Interaction("n:a", "n:b")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, post.StatusCode);
        Assert.NotNull(post.Headers.RetryAfter);
        var problem = await post.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("unavailable", problem.GetProperty("code").GetString());
        Assert.StartsWith("Not confirmed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var health = await app.Client.GetAsync("/api/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("AzureWebJobsStorage", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var card = await app.Client.GetAsync("/api/v1/profiles/n:b");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, card.StatusCode);
        Assert.DoesNotContain("   at ", await card.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
