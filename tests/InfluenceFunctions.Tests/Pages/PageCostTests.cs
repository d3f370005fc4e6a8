using System.Net.Http.Json;
using Xunit.Abstractions;

namespace InfluenceFunctions.Tests.Pages;

/// <summary>What pages cost storage and the line, and where their links lead behind a proxy.</summary>
public sealed class PageCostTests(ITestOutputHelper output)
{
    private const int MaxOperations = 3;
    private const int MaxBytes = 60 * 1024;

    [Fact]
    public async Task A_page_takes_three_operations_and_sixty_kilobytes_and_links_below_its_prefix()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, ("PublicUrl", "https://example.org/influence/"));
        var items = Enumerable
            .Range(1, 120)
            .SelectMany(n => Enumerable.Range(0, 8).Select(i => Some.Interaction($"n:f{n % 40}-{i}", $"n:{n}", age: (n % 30) * 86_400)));
        foreach (var batch in items.Chunk(1000))
            await app.PostInteractionsAsync(Some.Batch(batch));
        await app.DrainAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await app.PublishAsync($"{{\"date\":\"{today.AddDays(-3):yyyy-MM-dd}\"}}");
        await app.PublishAsync();
        using var reader = app.NewClient(key: null);
        reader.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        // What every process reads once: keys, and who was erased.
        await reader.GetAsync("/boards/global");

        foreach (var path in new[] { "/boards/global", $"/boards/global?date={today:yyyy-MM-dd}", "/profiles/n:7" })
        {
            var before = await LoggedAsync(azurite);
            var page = await reader.GetAsync(path);
            page.EnsureSuccessStatusCode();
            await LoggedAsync(azurite);
            var read = azurite.Requests.Skip(before).Where(IsOfReader).ToList();
            var bytes = (await page.Content.ReadAsByteArrayAsync()).Length;
            output.WriteLine($"{path}: {read.Count} operations, {bytes} bytes (Brotli)");
            Assert.True(read.Count is > 0 and <= MaxOperations, $"{path}: {string.Join('\n', read)}");
            Assert.InRange(bytes, 1000, MaxBytes);
        }

        reader.DefaultRequestHeaders.AcceptEncoding.Clear();
        var html = await reader.GetStringAsync("/profiles/n:7");
        var links = html.Split(" href=\"").Concat(html.Split(" src=\"")).Skip(1).Select(l => l[..l.IndexOf('"', StringComparison.Ordinal)]);
        Assert.All(
            links.Where(l => !l.StartsWith("<!", StringComparison.Ordinal) && !l.StartsWith('#')),
            l => Assert.Matches("^(/influence/|https://example.org/influence/)", l)
        );
        var list = (await reader.GetFromJsonAsync("/api/v1/leaderboards?top=1", ApiJson.Default.BoardList))!;
        Assert.StartsWith("https://example.org/influence/api/v1/leaderboards?", list.NextLink, StringComparison.Ordinal);
    }

    // How many requests there were, once no more lines come: storage writes its log a moment later.
    private static async Task<int> LoggedAsync(TestAzurite azurite)
    {
        var count = -1;
        await Eventually.HoldsAsync(
            "storage has written its log",
            () => count == (count = azurite.Requests.Count),
            every: TimeSpan.FromMilliseconds(500)
        );
        return count;
    }

    private static bool IsOfReader(string request) =>
        new[] { "/Accounts(", "/Accounts?", "/Leaderboards(", "/Leaderboards?", "/Profiles(", "/Settlements(" }.Any(t =>
            request.Contains(t, StringComparison.Ordinal)
        ) && request.Contains("\"GET", StringComparison.Ordinal);
}
