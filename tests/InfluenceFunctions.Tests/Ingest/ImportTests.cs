using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Ingest;

/// <summary>The address of imports, and what its answer says.</summary>
[Collection(AppCollection.Name)]
public sealed class ImportTests(AppFixture fixture)
{
    private const string Imports = "/api/v1/imports";
    private const int Day = 86_400;

    private readonly string net = Some.Network();

    [Fact]
    public async Task An_import_answers_how_many_lines_are_older_than_90_days()
    {
        var items = new[] { 1, 89, 91, 399, 401 }.Select(days => Some.Interaction($"{net}:a{days}", $"{net}:t", age: days * Day));
        var response = await ImportAsync(items);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var taken = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((4, 2), (taken.GetProperty("accepted").GetInt32(), taken.GetProperty("old").GetInt32()));
        var refused = Assert.Single(taken.GetProperty("rejected").EnumerateArray());
        Assert.Equal((4, "too_old"), (refused.GetProperty("index").GetInt32(), refused.GetProperty("code").GetString()));
        Assert.Contains("400 days", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_of_young_lines_says_zero_and_another_batch_says_nothing_of_it()
    {
        var items = Some.Batch(Some.Interaction($"{net}:a", $"{net}:t"));
        Assert.Equal(0, (await Json(await ImportAsync([Some.Interaction($"{net}:a", $"{net}:t")]))).GetProperty("old").GetInt32());
        Assert.False((await Json(await fixture.App.PostInteractionsAsync(items))).TryGetProperty("old", out _));
    }

    [Fact]
    public async Task Outside_of_an_import_the_refusal_says_that_there_is_one()
    {
        var response = await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:t", age: 91 * Day)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var refused = Assert.Single((await Json(response)).GetProperty("rejected").EnumerateArray());
        Assert.Contains("can be imported", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interactions?import=true")]
    [InlineData("interactions?import=false")]
    [InlineData("metrics?import=true")]
    public async Task An_import_at_another_address_is_403_and_told_the_right_one(string path)
    {
        foreach (var client in new[] { fixture.App.Client, fixture.App.Operator })
        {
            var response = await client.PostAsync($"/api/v1/{path}", new StringContent("[]", null, "application/json"));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            var problem = await Json(response);
            Assert.Equal("operator_key_required", problem.GetProperty("code").GetString());
            Assert.Contains("POST /api/v1/imports with the admin key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private Task<HttpResponseMessage> ImportAsync(IEnumerable<string> items) =>
        fixture.App.Operator.PostAsync(Imports, new StringContent(Some.Batch(items), null, "application/json"));

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
