using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Ingest;

[Collection(AppCollection.Name)]
public sealed class FormatTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public Task A_json_object_is_taken() => TakenAsync($$"""{"interactions":[{{Item("a")}},{{Item("b")}}]}""", "application/json", 2);

    [Fact]
    public Task A_bare_array_is_taken() => TakenAsync(Some.Batch(Item("a"), Item("b")), "Application/JSON; charset=\"UTF-8\"", 2);

    [Fact]
    public Task Ndjson_is_taken_blank_lines_and_carriage_returns_too() =>
        TakenAsync($"{Item("a")}\r\n\n{Item("b")}\n{Item("c")}", "application/x-ndjson", 3);

    [Fact]
    public Task A_structured_CloudEvent_is_taken() => TakenAsync(Event("e1", Item("a")), "application/cloudevents+json", 1);

    [Fact]
    public Task A_batch_of_CloudEvents_is_taken() =>
        TakenAsync(Some.Batch(Event("e1", Item("a")), Event("e2", Item("b"))), "application/cloudevents-batch+json", 2);

    [Fact]
    public async Task The_same_CloudEvent_counts_once()
    {
        await TakenAsync(Event("same", Item("a")), "application/cloudevents+json", 1, 1);
        await TakenAsync(Event("same", Item("a")), "application/cloudevents+json", 1, 1);
    }

    private async Task TakenAsync(string body, string contentType, int accepted, int? counted = null)
    {
        var response = await fixture.App.PostInteractionsAsync(body, contentType);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(accepted, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(0, answer.GetProperty("rejected").GetArrayLength());
        Assert.NotEmpty(answer.GetProperty("batch").GetString()!);
        await fixture.App.DrainAsync();
        var card = await fixture.App.CardAsync($"{net}:target");
        Assert.Equal(counted ?? accepted, card!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64());
    }

    private string Item(string actor) => Some.Interaction($"{net}:{actor}", $"{net}:target");

    private static string Event(string id, string data) =>
        $$"""{"specversion":"1.0","type":"interaction","source":"tests","id":"{{id}}","data":{{data}}}""";
}
