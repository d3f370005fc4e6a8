using System.Net;
using System.Text.Json;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>A client that is generated from the document compiles, reads a real board, and knows no other path.</summary>
[Collection(BoardsCollection.Name)]
public sealed class TypeScriptClientTests(AppFixture fixture)
{
    private const string Board = "/api/v1/leaderboards/global";
    private static readonly string Generated = Path.Combine(TypeScript.Folder, "generated");

    [Fact]
    public async Task A_generated_client_reads_a_board_and_a_wrong_path_does_not_compile()
    {
        if ((await fixture.App.Client.GetAsync(Board)).StatusCode == HttpStatusCode.NotFound)
            await PublishAsync();
        Directory.CreateDirectory(Generated);
        var description = Path.Combine(Generated, "openapi.json");
        await File.WriteAllTextAsync(description, await fixture.App.Client.GetStringAsync("/api/openapi.json"));
        await TypeScript.RunAsync(0, "node_modules/openapi-typescript/bin/cli.js", description, "-o", Path.Combine(Generated, "api.d.ts"));

        await TypeScript.RunAsync(0, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
        var address = fixture.App.Client.BaseAddress!.ToString();
        var output = await TypeScript.RunAsync(0, "generated/js/board.js", address.TrimEnd('/'));
        using var board = JsonDocument.Parse(await fixture.App.Client.GetStringAsync(Board));
        var first = board.RootElement.GetProperty("rows")[0].GetProperty("id").GetString();
        Assert.StartsWith($"1 {first} ", output, StringComparison.Ordinal);
        Assert.Contains($"{first} rests on ", output, StringComparison.Ordinal);

        var program = await File.ReadAllTextAsync(Path.Combine(TypeScript.Folder, "board.ts"));
        var wrong = program
            .Replace("./generated/", "./", StringComparison.Ordinal)
            .Replace("leaderboards/", "boards/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(Generated, "wrong.ts"), wrong);
        var complaint = await TypeScript.RunAsync(2, "node_modules/typescript/bin/tsc", "-p", "tsconfig.wrong.json");
        Assert.Contains("\"/api/v1/boards/{board}\"", complaint, StringComparison.Ordinal);
    }

    private async Task PublishAsync()
    {
        var network = Some.Network();
        await fixture.App.PostInteractionsAsync(
            Some.Batch(Some.Interaction($"{network}:a", $"{network}:b"), Some.Interaction($"{network}:b", $"{network}:a"))
        );
        await fixture.App.DrainAsync();
        await fixture.App.PublishAsync();
    }
}
