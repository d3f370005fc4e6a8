using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Xunit.Abstractions;

namespace InfluenceFunctions.Tests.Operations;

/// <summary>Backup, other storage, restore: the restored app gives the same bytes as the one backed up.</summary>
/// <remarks>
/// Cards and explanations are of the running minute. So both apps run side by side and are asked within the same one: bytes are compared
/// whole, <c>asOf</c> included.
/// </remarks>
public sealed class RestoreTests(ITestOutputHelper output)
{
    private const int Tries = 5;
    private const string Url = "http://influence.example";

    [Fact]
    public Task A_restored_app_answers_as_the_one_that_was_backed_up() => RunAsync(accounts: 300, sample: 300);

    // The heap may not hold all rows at once.
    [LongFact]
    public Task A_hundred_thousand_accounts_are_restored_in_flat_memory() =>
        RunAsync(accounts: 100_000, sample: 200, ("DOTNET_GCHeapHardLimit", "0xC000000"));

    private async Task RunAsync(int accounts, int sample, params (string, string)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("restore-").FullName;
        using var before = new TestAzurite();
        using var after = new TestAzurite();
        await before.InitializeAsync();
        await after.InitializeAsync();
        try
        {
            (string, string)[] settings = [("PublicUrl", Url), ("Influence__BoardSize", "50")];
            await using var original = await RunningApp.StartAsync(before, settings);
            await FillAsync(original, accounts);
            var backup = Path.Combine(folder, "backup");
            await MeasureAsync(before, environment, "export", backup);
            await MeasureAsync(after, environment, "import", backup);
            // Whatever tables there are: a new one that the backup does not know is missing on the other side.
            Assert.Equal(await TablesAsync(before), await TablesAsync(after));
            await using var restored = await RunningApp.StartAsync(after, settings);
            var compared = await CompareAsync(original, restored, accounts, sample);
            output.WriteLine($"{compared:N0} answers are equal, {Directory.GetFiles(backup).Sum(f => new FileInfo(f).Length):N0} bytes");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<string>> TablesAsync(TestAzurite azurite)
    {
        var names = new List<string>();
        await foreach (var table in new TableServiceClient(azurite.ConnectionString).QueryAsync())
            names.Add(table.Name);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private async Task MeasureAsync(TestAzurite azurite, (string, string)[] environment, string command, string folder)
    {
        var requests = azurite.Requests.Count;
        var (said, peak) = await BackupProcess.RunAsync(azurite, environment, command, folder);
        output.WriteLine($"{said.Trim()} {azurite.Requests.Count - requests:N0} requests, {peak:N0} bytes at most");
    }

    // Two days of boards, links and names, one erased, and facts after the last publication.
    private static async Task FillAsync(RunningApp app, int accounts)
    {
        foreach (var some in Enumerable.Range(0, accounts).Chunk(1000))
            await PostAsync(app, some.Select(i => Fact(i, age: 90_000 + (i % 5000))));
        await app.DrainAsync();
        var yesterday = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await app.PublishAsync($$"""{"date":"{{yesterday}}"}""");
        await PostAsync(app, Enumerable.Range(0, 100).Select(i => Fact(i * 3, age: 100 + i)));
        await app.DrainAsync();
        await app.PublishAsync();
        (await app.Operator.DeleteAsync("/api/v1/accounts/net:t7")).EnsureSuccessStatusCode();
        await app.DrainAsync();
        await PostAsync(app, Enumerable.Range(1, 50).Select(i => Fact(i * 5, age: 20)));
        await app.DrainAsync();
    }

    private static async Task PostAsync(RunningApp app, IEnumerable<string> facts)
    {
        var answer = await app.PostInteractionsAsync(Some.Batch(facts));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(body.GetProperty("rejected").GetArrayLength() == 0, body.ToString());
    }

    private static string Fact(int i, long age)
    {
        var actor = ((i * 7) + (int)(age % 13)) % 997;
        return Some.Interaction(
            $"net:t{(actor == i ? actor + 1 : actor)}",
            $"net:t{i}",
            (i % 3) switch
            {
                0 => "share",
                1 => "follow",
                _ => "reply",
            },
            age,
            $$""","targetName":"Name {{i}}","topics":["topic{{i % 5}}"]"""
        );
    }

    private static async Task<int> CompareAsync(RunningApp original, RunningApp restored, int accounts, int sample)
    {
        var boards = await original.Client.GetFromJsonAsync<JsonElement>("/api/v1/leaderboards");
        var compared = await SameAsync(original, restored, "/api/v1/leaderboards") ? 1 : 0;
        foreach (var board in boards.GetProperty("leaderboards").EnumerateArray())
        foreach (var date in board.GetProperty("dates").EnumerateArray())
        {
            var name = board.GetProperty("board").GetString();
            compared += await PagesAsync(original, restored, $"/api/v1/leaderboards/{name}?date={date}&top=20");
            compared += await SameAsync(original, restored, $"/boards/{name}?date={date}") ? 1 : 0;
        }

        for (var i = 0; i < accounts; i += accounts / sample)
            foreach (
                var path in new[] { "profiles/{0}", "profiles/{0}/explanation", "profiles/{0}/history", "leaderboards/global/around/{0}" }
            )
                compared += await SameAsync(original, restored, $"/api/v1/{path.Replace("{0}", $"net:t{i}", StringComparison.Ordinal)}")
                    ? 1
                    : 0;
        Assert.True(compared > 2 * sample, $"Only {compared} answers were there to compare.");
        return compared;
    }

    private static async Task<int> PagesAsync(RunningApp original, RunningApp restored, string path)
    {
        var pages = 0;
        for (string? next = path; next is not null; pages++)
        {
            if (!await SameAsync(original, restored, next))
                return pages;
            var page = await original.Client.GetFromJsonAsync<JsonElement>(next);
            next =
                page.TryGetProperty("nextLink", out var link) && link.GetString() is { } text
                    ? text.Replace(Url, "", StringComparison.Ordinal)
                    : null;
        }

        return pages;
    }

    /// <summary>Compares an answer of both, of one minute.</summary>
    /// <returns>Whether it was one with content.</returns>
    private static async Task<bool> SameAsync(RunningApp original, RunningApp restored, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (first, other, again) = (await AskAsync(original, path), await AskAsync(restored, path), await AskAsync(original, path));
            // A new minute began in between.
            if (first != again && attempt < Tries)
                continue;
            Assert.Equal((path, first), (path, other));
            return first.StartsWith("200", StringComparison.Ordinal);
        }
    }

    private static async Task<string> AskAsync(RunningApp app, string path)
    {
        using var answer = await app.Client.GetAsync(path);
        return $"{(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync()}";
    }
}
