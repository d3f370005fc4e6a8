using System.Net;

namespace InfluenceFunctions.Tests.Pages;

/// <summary>Pages are rendered once for as long as what they show counts, and not a moment longer.</summary>
public sealed class PageCacheTests : IAsyncLifetime
{
    private const string Name = "Zoe Zimmer";
    private readonly TestAzurite azurite = new();
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        app = await RunningApp.StartAsync(azurite, ("Influence__CardCacheSeconds", "60"), ("Influence__PageCacheSeconds", "60"));
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task An_erased_account_is_on_no_page_seconds_later_though_pages_are_kept_and_an_outage_is_a_page()
    {
        var facts = Enumerable
            .Range(0, 3)
            .Select(i => Some.Interaction($"n:f{i}", "n:zoe", extra: $",\"targetName\":\"{Name}\""))
            .Append(Some.Interaction("n:zoe", "n:other", extra: $",\"actorName\":\"{Name}\""));
        await app.PostInteractionsAsync(Some.Batch(facts));
        await app.DrainAsync();
        await app.PublishAsync();
        using var reader = app.NewClient(key: null);
        string[] pages = ["/boards/global", "/profiles/n:zoe", "/profiles/n:other"];
        foreach (var page in pages)
            Assert.Contains(Name, await reader.GetStringAsync(page), StringComparison.Ordinal);

        // Kept: however often, whatever else the address says, storage is not asked again.
        await reader.GetStringAsync("/boards/global?utm_source=x");
        var before = azurite.Requests.Count(IsOfBoards);
        for (var i = 0; i < 5; i++)
            await reader.GetStringAsync($"/boards/global?utm_source={i}");
        Assert.Equal(before, azurite.Requests.Count(IsOfBoards));

        Assert.Equal(HttpStatusCode.Accepted, (await app.Operator.DeleteAsync("/api/v1/accounts/n:zoe")).StatusCode);
        await Eventually.HoldsAsync(
            "no page has the name",
            async () =>
            {
                foreach (var page in pages)
                    if ((await (await reader.GetAsync(page)).Content.ReadAsStringAsync()).Contains(Name, StringComparison.Ordinal))
                        return false;
                return true;
            },
            TimeSpan.FromSeconds(15)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/profiles/n:zoe/image.png")).StatusCode);

        azurite.Kill();
        var page503 = await reader.GetAsync("/profiles/n:somebody-else");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page503.StatusCode);
        Assert.Equal("text/html", page503.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(5), page503.Headers.RetryAfter!.Delta);
    }

    private static bool IsOfBoards(string request) => request.Contains("/Leaderboards", StringComparison.Ordinal);
}
