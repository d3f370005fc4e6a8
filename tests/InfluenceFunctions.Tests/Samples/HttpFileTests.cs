using System.Runtime.CompilerServices;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Samples;

/// <summary>Every request under samples/ ends as its title says, against the app with the settings of a developer's machine.</summary>
public sealed class HttpFileTests
{
    [Fact]
    public async Task The_samples_run_as_they_are()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, LocalSecrets());
        var variables = new Dictionary<string, string>
        {
            ["host"] = app.Client.BaseAddress!.ToString().TrimEnd('/'),
            ["key"] = RunningApp.FunctionKey,
        };
        foreach (var file in new[] { "interactions", "webhooks", "scores" })
        {
            foreach (var sample in HttpFile.Read(Path.Combine(Root(), "samples", $"{file}.http"), variables))
            {
                var response = await app.Operator.SendAsync(sample.ToRequest());
                Assert.True(
                    sample.Status == (int)response.StatusCode,
                    $"{file}.http, {sample.Title}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}"
                );
            }

            await app.DrainAsync();
        }

        Assert.Equal(
            1,
            (await app.CardAsync("discourse:forum.saltmarsh.example/rafa"))!
                .Value.GetProperty("coverage")
                .GetProperty("interactions")
                .GetInt64()
        );
        Assert.Equal(0, (await app.CardAsync("github:harbor-works"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64());
    }

    private static (string, string)[] LocalSecrets()
    {
        var settings = JsonElement.Parse(File.ReadAllBytes(Path.Combine(Root(), "src", "InfluenceFunctions", "local.settings.json")));
        return
        [
            .. settings
                .GetProperty("Values")
                .EnumerateObject()
                .Where(v => v.Name.StartsWith("Webhooks", StringComparison.Ordinal))
                .Select(v => (v.Name, v.Value.GetString()!)),
        ];
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
