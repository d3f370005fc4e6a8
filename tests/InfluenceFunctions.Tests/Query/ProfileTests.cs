using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Query;

[Collection(AppCollection.Name)]
public sealed class ProfileTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Theory]
    [InlineData("a/b")]
    [InlineData("/")]
    [InlineData("a#b?c=d&e")]
    [InlineData("50%")]
    [InlineData("%2F")]
    [InlineData("a/b%2Fc")]
    [InlineData("a%2fb")]
    [InlineData("back\\slash")]
    [InlineData("emoji🎉")]
    [InlineData("שלוםعالم")]
    [InlineData("../..")]
    [InlineData("+plus")]
    [InlineData("'quotes\"")]
    [InlineData("=41")]
    public async Task Any_valid_id_goes_round_through_tables_and_paths(string name)
    {
        var id = $"{net}:{name}";
        Assert.Equal(
            HttpStatusCode.Accepted,
            (
                await fixture.App.PostInteractionsAsync(
                    Some.Batch(Some.Interaction($"{net}:fan-of-{name.GetHashCode(StringComparison.Ordinal)}", id))
                )
            ).StatusCode
        );
        await fixture.App.DrainAsync();
        Assert.Equal(id, (await fixture.App.CardAsync(id))!.Value.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_id_of_the_greatest_length_goes_round()
    {
        var id = $"{net}:{string.Concat(Enumerable.Repeat("é#", 128))}";
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:fan", id)))).StatusCode
        );
        await fixture.App.DrainAsync();
        Assert.Equal(id, (await fixture.App.CardAsync(id))!.Value.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_card_says_what_it_rests_on()
    {
        await fixture.App.PostInteractionsAsync(
            Some.Batch(Some.Interaction($"{net}:a", $"{net}:b"), Some.Interaction($"{net}:c", $"{net}:b", "like"))
        );
        await fixture.App.DrainAsync();
        var card = (await fixture.App.CardAsync($"{net}:b"))!.Value;
        var influence = card.GetProperty("influence").GetDouble();
        Assert.Equal(
            card.GetProperty("reach").GetDouble() * card.GetProperty("depth").GetDouble() * card.GetProperty("voice").GetDouble(),
            influence,
            1e-9
        );
        Assert.Equal(Math.Min(100, 1 + (99 / 8.0 * Math.Log10(1 + (10 * influence)))), card.GetProperty("score").GetDouble(), 5.1e-5);
        Assert.Equal(2, card.GetProperty("coverage").GetProperty("people").GetInt32());
        Assert.Equal(card.GetProperty("score").GetDouble() - 1, card.GetProperty("change").GetProperty("week").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task An_unknown_profile_is_404_and_a_wrong_id_400()
    {
        await ProblemAsync($"{net}:nobody", HttpStatusCode.NotFound, "unknown_profile");
        await ProblemAsync("no network", HttpStatusCode.BadRequest, "invalid_account");
        await ProblemAsync("n:con%0Atrol", HttpStatusCode.BadRequest, "invalid_account");
    }

    private async Task ProblemAsync(string id, HttpStatusCode status, string code)
    {
        var response = await fixture.App.Client.GetAsync($"/api/v1/profiles/{id}");
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }
}
