using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Profiles;

/// <summary>From a signed delivery to an operator's list, over HTTP.</summary>
[Collection(AppCollection.Name)]
public sealed class RenameSuggestionTests(AppFixture fixture)
{
    private const string Path = "/api/v1/profiles/suggestions";
    private readonly string login = "u" + Guid.NewGuid().ToString("n")[..16];
    private readonly int id = RandomNumberGenerator.GetInt32(int.MaxValue);

    [Fact]
    public async Task A_rename_is_suggested_and_dismissed()
    {
        await StarAsync(login);
        Assert.Null(await FindAsync());
        await StarAsync($"{login}-new");
        var suggested = (await FindAsync())!.Value;
        Assert.Equal($"github:{login}-new", suggested.GetProperty("to").GetString());
        Assert.Equal("renamed", suggested.GetProperty("why").GetString());
        Assert.False(suggested.GetProperty("fromHasScore").GetBoolean());
        var address = $"{Path}/{suggested.GetProperty("id").GetString()}";
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.App.Operator.DeleteAsync(address)).StatusCode);
        Assert.Null(await FindAsync());
        await Webhook.ProblemAsync(await fixture.App.Operator.DeleteAsync(address), HttpStatusCode.NotFound, "unknown_suggestion");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RunningApp.FunctionKey)]
    public async Task Only_operators_see_and_dismiss_them(string? key)
    {
        using var client = fixture.App.NewClient(key);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.DeleteAsync($"{Path}/x")).StatusCode);
    }

    private async Task<JsonElement?> FindAsync()
    {
        var list = await fixture.App.Operator.GetFromJsonAsync<JsonElement>(Path);
        foreach (var suggested in list.GetProperty("suggestions").EnumerateArray())
            if (suggested.GetProperty("from").GetString() == $"github:{login}")
                return suggested;
        return null;
    }

    private Task<JsonElement> StarAsync(string by) =>
        Webhook.TakenAsync(
            fixture.App,
            "github",
            $$"""
            {"action":"created","starred_at":"{{DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}",
            "sender":{"login":"{{by}}","id":{{id}},"type":"User"},"repository":{"id":{{id}},"html_url":"https://github.com/acme/tool",
            "owner":{"login":"{{login}}-acme","id":{{id - 1}},"type":"Organization"} } }
            """,
            ("X-GitHub-Event", "star")
        );
}
