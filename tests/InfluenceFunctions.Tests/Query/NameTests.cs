using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Query;

[Collection(BoardsCollection.Name)]
public sealed class NameTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task A_name_that_a_fact_carries_is_on_the_card_and_on_the_board()
    {
        var taken = await fixture.App.PostInteractionsAsync(
            Some.Batch(
                Some.Interaction($"{net}:a", $"{net}:t", extra: ",\"targetName\":\"Tara 🌊 Ó Briain\",\"actorName\":\"Ann\""),
                Some.Interaction($"{net}:a", $"{net}:u")
            )
        );
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Empty((await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("warnings").EnumerateArray());
        await fixture.App.DrainAsync();
        Assert.Equal("Tara 🌊 Ó Briain", (await fixture.App.CardAsync($"{net}:t"))!.Value.GetProperty("name").GetString());
        Assert.False((await fixture.App.CardAsync($"{net}:u"))!.Value.TryGetProperty("name", out _));

        await fixture.App.PublishAsync();
        var board = await fixture.App.Client.GetFromJsonAsync<JsonElement>($"/api/v1/leaderboards/network:{net}");
        var rows = board.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!);
        Assert.Equal("Tara 🌊 Ó Briain", rows[$"{net}:t"].GetProperty("name").GetString());
        Assert.False(rows[$"{net}:u"].TryGetProperty("name", out _));
        var around = await fixture.App.Client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/leaderboards/network:{net}/around/{PathId.Write($"{net}:u")}"
        );
        Assert.Contains(
            around.GetProperty("rows").EnumerateArray(),
            r => r.TryGetProperty("name", out var name) && name.GetString() == "Tara 🌊 Ó Briain"
        );
    }

    [Fact]
    public async Task A_misspelt_field_is_told_with_the_one_that_was_meant()
    {
        var taken = await fixture.App.PostInteractionsAsync(
            Some.Batch(Some.Interaction($"{net}:a", $"{net}:t", extra: ",\"target_name\":\"Tara\""))
        );
        var warning = (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("warnings").EnumerateArray().Single();
        Assert.Contains("'targetName'", warning.ToString(), StringComparison.Ordinal);
    }
}
