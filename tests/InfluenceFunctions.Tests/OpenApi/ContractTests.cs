using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>The running app does what its description says: every call, with its success and its errors.</summary>
[Collection(BoardsCollection.Name)]
public sealed class ContractTests(AppFixture fixture)
{
    private const string Address = "/api/openapi.json";

    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_call_answers_as_the_document_says()
    {
        var document = JsonNode.Parse(await fixture.App.Client.GetStringAsync(Address))!.AsObject();
        var (validator, wrong, calls) = (new AnswerValidator(document), new List<string>(), ContractCalls.All());
        await FailAsync(["""{"v":9,"n":1}""", """{"v":9,"n":2}"""]);
        kept["root"] = fixture.App.Client.BaseAddress!.ToString().TrimEnd('/');
        foreach (var call in calls)
            wrong.AddRange((await CheckAsync(call, document, validator)).Select(w => $"{call.Id} {call.Status}: {w}"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        foreach (var (id, _, _, call) in AnswerValidator.CallsOf(document))
        {
            var statuses = calls.Where(c => c.Id == id).Select(c => c.Status).ToList();
            Assert.True(statuses.Exists(s => s < 300), $"No call of {id} that succeeds.");
            var canFail = call["responses"]!.AsObject().Any(r => r.Key[0] is '3' or '4');
            Assert.True(
                !canFail || id.EndsWith("Head", StringComparison.Ordinal) || statuses.Exists(s => s >= 300),
                $"No call of {id} that fails."
            );
        }
    }

    // As the host does with a message that failed five times.
    private async Task FailAsync(string[] messages)
    {
        var poison = new QueueClient(fixture.ConnectionString, "interactions-poison");
        foreach (var message in messages)
            await poison.SendMessageAsync(message);
        await Eventually.HoldsAsync(
            "the messages are dead letters",
            async () =>
                JsonNode.Parse(await fixture.App.Operator.GetStringAsync("/api/v1/dead-letters"))!["deadLetters"]!.AsArray().Count
                >= messages.Length,
            state: () => fixture.App.Log
        );
    }

    [Theory]
    [InlineData("getProfile", 200, "application/json", """{"id":"guild:ann"}""", "score")]
    [InlineData("getProfile", 418, "application/json", "{}", "no answer 418")]
    [InlineData("getProfile", 200, "text/html", "{}", "text/html")]
    [InlineData("getProfile", 304, null, "{}", "has a body")]
    [InlineData("getProfile", 404, "application/problem+json", """{"status":404,"title":"x","code":"not_ranked","detail":"x"}""", "code")]
    [InlineData("getProfile", 404, "application/problem+json", """{"status":404,"title":"x","code":"unknown_profile"}""", "detail")]
    [InlineData("listLeaderboards", 200, "application/json", """{"leaderboards":[],"more":1}""", "more")]
    [InlineData("listLeaderboards", 200, "application/json", """{"leaderboards":[{"board":"x","latest":"soon","dates":[]}]}""", "latest")]
    [InlineData("listLeaderboards", 200, "application/json", """{"leaderboards":null}""", "leaderboards")]
    public async Task An_answer_that_is_not_as_the_document_says_is_found(string id, int status, string? type, string body, string named)
    {
        var validator = new AnswerValidator(JsonNode.Parse(await fixture.App.Client.GetStringAsync(Address))!.AsObject());
        var found = validator.Check(id, status, type, System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Contains(found, f => f.Contains(named, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> CheckAsync(ContractCall call, JsonObject document, AnswerValidator validator)
    {
        if (call.Drained)
            await fixture.App.DrainAsync();
        using var client = fixture.App.NewClient(key: null);
        var (status, type, body) = (0, (string?)null, Array.Empty<byte>());
        await Eventually.HoldsAsync(
            $"{call.Id} is done",
            async () =>
            {
                using var response = await client.SendAsync(call.ToRequest(document, kept));
                (status, type, body) = (
                    (int)response.StatusCode,
                    response.Content.Headers.ContentType?.MediaType,
                    await response.Content.ReadAsByteArrayAsync()
                );
                return !call.UntilDone || JsonNode.Parse(body)!["status"]!.GetValue<string>() != "running";
            },
            state: () => fixture.App.Log
        );
        if (status != call.Status)
            return [$"was {status} {System.Text.Encoding.UTF8.GetString(body)}"];
        if (call.Keep is var (field, name) && body.Length > 0 && Find(JsonNode.Parse(body), field) is { } value)
            kept[name] = value;
        ExampleRecorder.Keep(call.Id, status, type, body);
        return validator.Check(call.Id, status, type, body);
    }

    // «suggestions.0.id»
    private static string? Find(JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (n, part) => part == "0" ? n?[0] : (n as JsonObject)?[part])?.GetValue<string>();
}
