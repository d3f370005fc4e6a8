using System.Text.RegularExpressions;

namespace InfluenceFunctions.Tests.Samples;

/// <summary>Every request of the samples ends as its title says, with the app started as webhooks.http says.</summary>
public sealed partial class HttpFileTests
{
    // The star was taken back.
    private static readonly (string Account, long? Interactions)[] Expected =
    [
        ("github:harbor-works", 0),
        ("discourse:forum.saltmarsh.example/rafa", 1),
        ("gitlab:tomas-vidal", 1),
        ("gitea:forge.harbor.example/harbor-works", 1),
        ("fediverse:nora@kelp.example", 1),
        ("telegram:-1001500000002", 1),
        ("farcaster:21001", 1),
    ];

    [Fact]
    public async Task The_samples_run_as_they_are()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, Secrets());
        var variables = new Dictionary<string, string>
        {
            ["host"] = app.Client.BaseAddress!.ToString().TrimEnd('/'),
            ["key"] = RunningApp.FunctionKey,
        };
        foreach (var file in new[] { "interactions", "webhooks", "scores" })
        {
            foreach (var sample in HttpFile.Read(Path.Combine(TestAzurite.Root, "samples", $"{file}.http"), variables))
            {
                var response = await app.Operator.SendAsync(sample.ToRequest());
                Assert.True(
                    sample.Status == (int)response.StatusCode,
                    $"{file}.http, {sample.Title}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}"
                );
            }

            await app.DrainAsync();
        }

        foreach (var (account, interactions) in Expected)
            Assert.Equal((account, interactions), (account, await CountedAsync(app, account)));
    }

    private static async Task<long?> CountedAsync(RunningApp app, string account) =>
        (await app.CardAsync(account))?.GetProperty("coverage").GetProperty("interactions").GetInt64();

    /// <summary>The settings of the command line in the head of webhooks.http, as variables of the environment.</summary>
    internal static (string Name, string Value)[] Secrets()
    {
        var command = File.ReadLines(Path.Combine(TestAzurite.Root, "samples", "webhooks.http"))
            .Single(l => l.StartsWith("# dotnet run --project src/InfluenceFunctions -- ", StringComparison.Ordinal));
        return
        [
            .. Setting()
                .Matches(command)
                .Select(m => (m.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal), m.Groups["value"].Value)),
        ];
    }

    [GeneratedRegex("""--(?<name>Webhooks:\S+) (?:"(?<value>[^"]+)"|(?<value>[^\s"]+))(?= |$)""", RegexOptions.None, 10_000)]
    private static partial Regex Setting();
}
