using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfluenceFunctions.Tests.Faults;

/// <summary>An erasure on real storage, its process killed again and again.</summary>
public sealed class ErasureKillTests
{
    [Fact]
    public Task Killed_on_the_way_it_ends_with_the_id_nowhere() => RunAsync(kills: 3, seed: 1);

    [AcceptanceFact]
    public Task Killed_twenty_times_on_the_way_it_ends_with_the_id_nowhere() => RunAsync(kills: 20, seed: 2);

    private static async Task RunAsync(int kills, int seed)
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(
            azurite,
            ("LocalHost__QueueLock", "00:00:03"),
            ("Influence__VoteCacheSeconds", "0"),
            ("Influence__StallMinutes", "1")
        );
        var (net, erased) = (Some.Network(), "erased-" + Guid.NewGuid().ToString("n")[..8]);
        var facts = Enumerable
            .Range(0, 300)
            .SelectMany(i =>
                new[] { Some.Interaction($"{net}:{erased}", $"{net}:t{i}"), Some.Interaction($"{net}:p{i}", $"{net}:{erased}") }
            );
        foreach (var batch in facts.Chunk(500))
            (await app.PostInteractionsAsync(Some.Batch(batch))).EnsureSuccessStatusCode();
        await app.DrainAsync();
        await app.PublishAsync();

        var asked = await app.Operator.DeleteAsync($"/api/v1/accounts/{net}:{erased}");
        asked.EnsureSuccessStatusCode();
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(1500));
            app.Kill();
            await app.StartAsync();
        }

        await Eventually.HoldsAsync(
            "the account is erased",
            async () =>
                (await app.Operator.GetFromJsonAsync<JsonElement>(asked.Headers.Location!.PathAndQuery)).GetProperty("status").GetString()
                == "erased",
            TimeSpan.FromMinutes(4),
            () => app.Log
        );
        await app.PublishAsync();
        app.Kill();
        Assert.Empty(await SearchAsync(azurite, erased));
    }

    private static async Task<List<string>> SearchAsync(TestAzurite azurite, string erased)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = azurite.ConnectionString })
            .Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddInfluence(configuration)
            .BuildServiceProvider();
        return await IdSearch.FindAsync(services.GetRequiredService<Deployment>(), erased);
    }
}
