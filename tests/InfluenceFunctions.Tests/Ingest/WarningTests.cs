using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Ingest;

/// <summary>Fields that nobody reads, and numbers that are no counts or moments.</summary>
[Collection(AppCollection.Name)]
public sealed class WarningTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task A_field_that_nobody_reads_warns_once_and_names_the_field_that_was_meant()
    {
        var items = Enumerable.Range(0, 3).Select(i => Some.Interaction($"{net}:{i}", $"{net}:t", extra: ",\"comunity\":\"c\",\"x-y\":1"));
        var taken = await TakenAsync(
            $$"""{"interactions":{{Some.Batch(items.Prepend(Some.Interaction($"{net}:a", $"{net}:t")))}},"sauce":1}"""
        );
        Assert.Equal(4, taken.GetProperty("accepted").GetInt32());
        Assert.Equal(
            [
                (null, "sauce", "'sauce' is not a field of a batch and was left out. A batch has its array and 'source'."),
                (1, "comunity", "'comunity' is not a field and was left out. Did you mean 'community'?"),
                (1, "x-y", "'x-y' is not a field and was left out."),
            ],
            Warnings(taken)
        );
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_acceptable_has_its_warnings_too()
    {
        var response = await fixture.App.PostInteractionsAsync("""[{"kind":"like"}]""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(
            [(0, "kind", "'kind' is not a field and was left out. Did you mean 'type'?")],
            Warnings(await response.Content.ReadFromJsonAsync<JsonElement>())
        );
    }

    [Fact]
    public async Task A_batch_that_is_read_whole_has_no_warnings() =>
        Assert.Empty(Warnings(await TakenAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:t", extra: ",\"community\":\"c\"")))));

    [Theory]
    [InlineData("interactions", "not_a_person", "actor", """{"type":"like","actor":"github:dependabot[bot]","target":"NET:b","at":NOW}""")]
    [InlineData("interactions", "not_a_person", "target", """{"type":"like","actor":"NET:a","target":"github:ghost","at":NOW}""")]
    [InlineData("interactions", "milliseconds", "at", """{"type":"like","actor":"NET:a","target":"NET:b","at":NOW000}""")]
    [InlineData("metrics", "not_a_person", "account", """{"account":"github:ghost","metric":"followers","value":7,"at":NOW}""")]
    [InlineData("metrics", "milliseconds", "at", """{"account":"NET:b","metric":"followers","value":7,"at":NOW000}""")]
    [InlineData("metrics", "too_large", "value", """{"account":"NET:b","metric":"followers","value":1000000001,"at":NOW}""")]
    [InlineData("metrics", "too_large", "add", """{"account":"NET:b","metric":"views","add":10000001,"id":"i","at":NOW}""")]
    public async Task A_refusal_has_its_code_in_a_batch_that_is_taken_and_in_one_that_is_not(
        string route,
        string code,
        string field,
        string item
    )
    {
        item = item.Replace("NOW", $"{Some.Now}", StringComparison.Ordinal).Replace("NET", net, StringComparison.Ordinal);
        var good = route == "metrics" ? Some.Metric($"{net}:b", "followers", "\"value\":7") : Some.Interaction($"{net}:a", $"{net}:b");
        var alone = await fixture.App.PostAsync($"/api/v1/{route}", Some.Batch(item));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, alone.StatusCode);
        var beside = await fixture.App.PostAsync($"/api/v1/{route}", Some.Batch(good, item));
        Assert.Equal(HttpStatusCode.Accepted, beside.StatusCode);
        foreach (var (response, index) in new[] { (alone, 0), (beside, 1) })
        {
            var refused = Assert.Single((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rejected").EnumerateArray());
            Assert.Equal(index, refused.GetProperty("index").GetInt32());
            Assert.Equal(code, refused.GetProperty("code").GetString());
            Assert.StartsWith($"'{field}' ", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_largest_counts_are_taken()
    {
        var followers = Some.Metric($"{net}:b", "followers", "\"value\":1000000000");
        var views = Some.Metric($"{net}:b", "views", "\"add\":10000000", extra: ",\"id\":\"i\"");
        var response = await fixture.App.PostAsync("/api/v1/metrics", Some.Batch(followers, views));
        Assert.Equal(2, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
    }

    private async Task<JsonElement> TakenAsync(string body)
    {
        var response = await fixture.App.PostInteractionsAsync(body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static (int? Index, string Field, string Message)[] Warnings(JsonElement answer)
    {
        var warnings = answer.GetProperty("warnings").EnumerateArray().ToArray();
        Assert.All(warnings, w => Assert.Equal("unknown_field", w.GetProperty("code").GetString()));
        return
        [
            .. warnings.Select(w =>
                (
                    w.TryGetProperty("index", out var index) ? index.GetInt32() : (int?)null,
                    w.GetProperty("field").GetString()!,
                    w.GetProperty("message").GetString()!
                )
            ),
        ];
    }
}
