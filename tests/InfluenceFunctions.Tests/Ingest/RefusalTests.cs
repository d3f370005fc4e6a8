using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Ingest;

[Collection(AppCollection.Name)]
public sealed class RefusalTests(AppFixture fixture)
{
    private const int Day = 86_400;

    [Theory]
    [InlineData("unknown_type", "type", """{"type":"poke","actor":"n:a","target":"n:b","at":NOW}""")]
    [InlineData("missing_field", "type", """{"actor":"n:a","target":"n:b","at":NOW}""")]
    [InlineData("missing_field", "actor", """{"type":"like","target":"n:b","at":NOW}""")]
    [InlineData("missing_field", "target", """{"type":"like","actor":"n:a","at":NOW}""")]
    [InlineData("missing_field", "at", """{"type":"like","actor":"n:a","target":"n:b"}""")]
    [InlineData("self_interaction", "target", """{"type":"like","actor":"n:b","target":"n:b","at":NOW}""")]
    [InlineData("invalid_account", "actor", """{"type":"like","actor":"no network","target":"n:b","at":NOW}""")]
    [InlineData("invalid_account", "target", """{"type":"like","actor":"n:a","target":"up_per:b","at":NOW}""")]
    [InlineData("invalid_account", "target", """{"type":"like","actor":"n:a","target":"n:new\nline","at":NOW}""")]
    [InlineData("invalid_account", "target", """{"type":"like","actor":"n:a","target":"n:\u0000","at":NOW}""")]
    [InlineData("invalid_account", "actor", """{"type":"like","actor":"https://github.com/ann","target":"n:b","at":NOW}""")]
    [InlineData("not_a_person", "actor", """{"type":"like","actor":"github:dependabot[bot]","target":"n:b","at":NOW}""")]
    [InlineData("milliseconds", "at", """{"type":"like","actor":"n:a","target":"n:b","at":1795000000000}""")]
    [InlineData("invalid_field", "at", """{"type":"like","actor":"n:a","target":"n:b","at":"yesterday"}""")]
    [InlineData("invalid_field", "actor", """{"type":"like","actor":7,"target":"n:b","at":NOW}""")]
    [InlineData("invalid_field", "topics", """{"type":"like","actor":"n:a","target":"n:b","at":NOW,"topics":"news"}""")]
    [InlineData("invalid_field", "undo", """{"type":"like","actor":"n:a","target":"n:b","at":NOW,"undo":3}""")]
    [InlineData("invalid_field", "actor", """{"type":"like","actor":"n:a","actor":"n:c","target":"n:b","at":NOW}""")]
    [InlineData("invalid_field", "actor", """{"type":"like","actor":"n:\ud800","target":"n:b","at":NOW}""")]
    [InlineData("invalid_account", "actor", """{"type":"like","actor":"","target":"n:b","at":NOW}""")]
    [InlineData("invalid_field", "at", """{"type":"like","actor":"n:a","target":"n:b","at":1e400}""")]
    [InlineData("invalid_field", "at", """{"type":"like","actor":"n:a","target":"n:b","at":"0001-01-01T00:00:00+14:00"}""")]
    [InlineData("invalid_field", "actorName", """{"type":"like","actor":"n:a","target":"n:b","at":NOW,"actorName":"a\u200bb"}""")]
    [InlineData("missing_field", "targetName", """{"type":"like","actor":"n:a","target":"n:b","at":NOW,"targetName":" "}""")]
    [InlineData("unknown_type", "type", """{"type":"Like","actor":"n:a","target":"n:b","at":NOW}""")]
    [InlineData("invalid_field", "item", "\"text\"")]
    public Task A_wrong_interaction_is_refused_by_field_and_rule(string code, string field, string item) =>
        RefusedAsync("interactions", item, code, field);

    [Theory]
    [InlineData("too_old", -91 * Day)]
    [InlineData("in_future", 6 * 60)]
    public Task A_moment_out_of_time_is_refused(string code, long shift) =>
        RefusedAsync("interactions", Some.Interaction("n:a", "n:b", age: -shift), code, "at");

    [Theory]
    [InlineData("invalid_account", "target", 300)]
    [InlineData("invalid_account", "actor", 5000)]
    public Task An_id_of_many_characters_is_refused(string code, string field, int length)
    {
        var id = "n:" + new string('x', length);
        return RefusedAsync("interactions", field == "actor" ? Some.Interaction(id, "n:b") : Some.Interaction("n:a", id), code, field);
    }

    [Theory]
    [InlineData("negative", "value", """{"account":"n:a","metric":"followers","value":-1,"at":NOW}""")]
    [InlineData("negative", "add", """{"account":"n:a","metric":"views","add":-1,"id":"i","at":NOW}""")]
    [InlineData("not_finite", "value", """{"account":"n:a","metric":"followers","value":"NaN","at":NOW}""")]
    [InlineData("not_finite", "add", """{"account":"n:a","metric":"views","add":"Infinity","id":"i","at":NOW}""")]
    [InlineData("not_finite", "value", """{"account":"n:a","metric":"followers","value":1e999,"at":NOW}""")]
    [InlineData("unknown_type", "metric", """{"account":"n:a","metric":"karma","value":1,"at":NOW}""")]
    [InlineData("missing_field", "account", """{"metric":"followers","value":1,"at":NOW}""")]
    [InlineData("missing_field", "id", """{"account":"n:a","metric":"views","add":1,"at":NOW}""")]
    [InlineData("invalid_field", "add", """{"account":"n:a","metric":"followers","add":1,"at":NOW}""")]
    public Task A_wrong_metric_is_refused_by_field_and_rule(string code, string field, string item) =>
        RefusedAsync("metrics", item, code, field);

    [Fact]
    public async Task The_good_items_of_a_batch_go_on()
    {
        var net = Some.Network();
        var good = Some.Interaction($"{net}:a", $"{net}:b", extra: ",\"id\":\"one\"");
        var response = await fixture.App.PostInteractionsAsync(Some.Batch("{}", good, """{"id":"third","type":"poke"}"""));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal([0, 2], answer.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("index").GetInt32()));
        Assert.Equal("third", answer.GetProperty("rejected")[1].GetProperty("id").GetString());
        await fixture.App.DrainAsync();
        Assert.NotNull(await fixture.App.CardAsync($"{net}:b"));
    }

    [Fact]
    public async Task An_event_that_is_none_spoils_none_of_its_batch()
    {
        var net = Some.Network();
        string Event(string data) => $$"""{"specversion":"1.0","type":"x","source":"tests","id":"{{Guid.NewGuid()}}","data":{{data}}}""";
        var good = Event(Some.Interaction($"{net}:a", $"{net}:b"));
        var batch = Some.Batch("""{"specversion":"1.0"}""", good, "7", Event("\"text\""), Event("""{"type":"like","type":"share"}"""));
        var response = await fixture.App.PostInteractionsAsync(batch, "application/cloudevents-batch+json");
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(
            [
                (0, "'id' is required in an event of CloudEvents 1.0."),
                (2, "'event' is not a JSON object: an event of CloudEvents 1.0 is one."),
                (3, "'data' is not a JSON object: in an event of CloudEvents 1.0 it is the item."),
                (4, "'type' stands there twice."),
            ],
            answer
                .GetProperty("rejected")
                .EnumerateArray()
                .Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("message").GetString()!))
        );
    }

    [Fact]
    public async Task Duplicate_ids_within_a_batch_count_once()
    {
        var net = Some.Network();
        var item = Some.Interaction($"{net}:a", $"{net}:b", extra: ",\"id\":\"one\"");
        Assert.Equal(HttpStatusCode.Accepted, (await fixture.App.PostInteractionsAsync(Some.Batch(item, item, item))).StatusCode);
        await fixture.App.DrainAsync();
        Assert.Equal(1, (await fixture.App.CardAsync($"{net}:b"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64());
    }

    private async Task RefusedAsync(string route, string item, string code, string field)
    {
        var response = await fixture.App.PostAsync(
            $"/api/v1/{route}",
            Some.Batch(item.Replace("NOW", $"{Some.Now}", StringComparison.Ordinal))
        );
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nothing_acceptable", problem.GetProperty("code").GetString());
        var refused = Assert.Single(problem.GetProperty("rejected").EnumerateArray());
        Assert.Equal(code, refused.GetProperty("code").GetString());
        Assert.Contains($"'{field}'", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
