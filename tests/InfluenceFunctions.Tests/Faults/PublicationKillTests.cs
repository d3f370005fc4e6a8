using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace InfluenceFunctions.Tests.Faults;

public sealed class PublicationKillTests(ITestOutputHelper output)
{
    [Fact]
    public Task A_publication_killed_on_the_way_ends_in_the_board_of_an_undisturbed_one() => RunAsync(kills: 3, seed: 1);

    [AcceptanceFact]
    public Task A_publication_killed_at_twenty_moments_ends_in_the_board_of_an_undisturbed_one() => RunAsync(kills: 20, seed: 2);

    private async Task RunAsync(int kills, int seed)
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(
            azurite,
            ("LocalHost__QueueLock", "00:00:03"),
            ("Influence__ShardsPerMessage", "16"),
            ("Influence__SettlePasses", "20"),
            ("Influence__SettleTolerance", "1e-6"),
            ("Influence__VoteCacheSeconds", "0")
        );
        var facts = Community(new Random(seed));
        foreach (var batch in facts.Chunk(1000))
            (await app.PostInteractionsAsync(Some.Batch(batch.Select(RealLog.Item)))).EnsureSuccessStatusCode();
        await app.DrainAsync();
        var yesterday = DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await app.PublishAsync($$"""{"date":"{{yesterday}}"}""");
        var before = await app.Client.GetStringAsync($"/api/v1/leaderboards/global?date={yesterday}");

        var (asked, publications, random) = (await AskAsync(app), 1, new Random(seed));
        for (var kill = 0; kill < kills; kill++)
        {
            // One that was quicker than the kills is followed by another.
            for (; await IsPublishedAsync(app, asked); publications++)
                asked = await AskAsync(app);
            await Task.Delay(random.Next(1200));
            app.Kill();
            await app.StartAsync();
            Assert.Equal(before, await app.Client.GetStringAsync($"/api/v1/leaderboards/global?date={yesterday}"));
        }

        await Eventually.HoldsAsync("the publication is over", () => IsPublishedAsync(app, asked), TimeSpan.FromMinutes(5), () => app.Log);
        output.WriteLine($"{kills} kills in {publications} publications");
        await CompareAsync(app, facts);
    }

    // The undisturbed run is the settlement in memory.
    private static async Task CompareAsync(RunningApp app, IReadOnlyList<Interaction> facts)
    {
        var board = await app.Client.GetFromJsonAsync<JsonElement>("/api/v1/leaderboards/global?top=1000");
        var asOf = board.GetProperty("asOf").GetDateTimeOffset().ToUnixTimeSeconds();
        var keys = new KeyHasher(1);
        AccountState[] accounts =
        [
            .. facts
                .GroupBy(f => f.Target!.Value)
                .Select(g =>
                    AccountUpdate.Apply(AccountState.Empty(g.Key, ScoringPolicy.Current, keys), [.. g], VoteTable.AllOne, asOf).State
                ),
        ];
        var settled = Settlement.Run(accounts, asOf, 1e-9);
        var rows = board
            .GetProperty("rows")
            .EnumerateArray()
            .ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("score").GetDouble());
        Assert.Equal(accounts.Length, rows.Count);
        for (var i = 0; i < accounts.Length; i++)
            Assert.Equal(settled.Scores[i], rows[accounts[i].Account.Value], 1e-4);
    }

    private static async Task<JsonElement> AskAsync(RunningApp app) =>
        await (await app.Operator.PostAsync("/api/v1/leaderboards/publications", null)).Content.ReadFromJsonAsync<JsonElement>();

    private static async Task<bool> IsPublishedAsync(RunningApp app, JsonElement asked)
    {
        var status = (
            await app.Operator.GetFromJsonAsync<JsonElement>($"/api/v1/leaderboards/publications/{asked.GetProperty("id").GetString()}")
        )
            .GetProperty("status")
            .GetString();
        Assert.NotEqual("failed", status);
        return status == "published";
    }

    private static List<Interaction> Community(Random random)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var network = Some.Network();
        return
        [
            .. Enumerable
                .Range(0, 2500)
                .Select(i => new Interaction
                {
                    Type = InteractionType.Share,
                    Actor = AccountId.Parse($"{network}:{random.Next(250)}"),
                    Target = AccountId.Parse($"{network}:{random.Next(1 + random.Next(250))}"),
                    At = now - random.Next(3, 20) - (random.Next(20) * 86_400),
                })
                .Where(i => i.Actor != i.Target),
        ];
    }
}
