using System.Text.Json;

namespace Influence.Connectors.Tests.Sources;

public sealed class StandardTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long Signed = 1614265330;

    [Theory]
    [InlineData(Signature, 0, true)]
    [InlineData(Signature, 300, true)]
    [InlineData(Signature, -300, true)]
    [InlineData(Signature, 301, false)]
    [InlineData(Signature, -301, false)]
    [InlineData("v1a,abc v2,xyz v1,bm90IGl0 " + Signature, 0, true)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, false)]
    [InlineData("", 0, false)]
    public void The_vector_of_the_specification_holds(string signatures, long late, bool isGenuine) =>
        Assert.Equal(isGenuine, VerifySignature(Body, "msg_p5jXN8AQM9LWM0D4loKWxJek", $"{Signed}", signatures, Signed + late));

    [Theory]
    [InlineData("""{"test": 2432232315}""", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330")]
    [InlineData(Body, "msg_p5jXN8AQM9LWM0D4loKWxJeK", "1614265330")]
    [InlineData(Body, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265331")]
    [InlineData(Body, "", "1614265330")]
    [InlineData(Body, "msg_p5jXN8AQM9LWM0D4loKWxJek", "soon")]
    public void Anything_else_signed_is_not_genuine(string body, string id, string timestamp) =>
        Assert.False(VerifySignature(body, id, timestamp, Signature, Signed));

    [Fact]
    public void A_type_that_is_none_of_ours_is_counted() =>
        Assert.Equal(
            """{"items":[],"skipped":{"invoice.paid":1}}""",
            Compact(Some.Meaning("standard", """{"type":"invoice.paid","data":{}}"""))
        );

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1)]
    public void A_bare_array_is_taken_up_to_a_thousand_items(int items, int meanings) =>
        Assert.Equal(
            meanings,
            Some.Connector("standard")
                .Translate(Some.Delivery($"[{string.Join(',', Enumerable.Repeat("{}", items))}]"), Some.Now)!
                .Items.Count
        );

    [Theory]
    [InlineData("""{"type":"like","actor":"n:a","target":"n:b","at":1795000000000}""")]
    [InlineData("""{"type":"like","actor":"n:a","target":"n:b","at":"1795000000"}""")]
    [InlineData("""{"type":"like","type":"like","actor":"n:a","target":"n:b","at":1795000000}""")]
    [InlineData("""{"type":"like","actor":"n:a","target":"n:b","at":1795000000,"undo":""}""")]
    [InlineData("""{"type":"praise","actor":"n:a","target":"n:b","at":1795000000}""")]
    [InlineData("7")]
    public void An_item_is_refused_like_an_item_of_POST_interactions(string item)
    {
        var expected = FactReader.Read(JsonElement.Parse(item), FactKind.Interactions).Refusal;
        Assert.NotNull(expected);
        foreach (var body in new[] { $$"""{"interactions":[{{item}}]}""", $"[{item}]", $$"""{"type":"interaction","data":{{item}}}""" })
            Assert.Equal(expected, Refusal(body));
    }

    [Theory]
    [InlineData("""{"interactions":{}}""", "'interactions' is not an array.")]
    [InlineData("""{"interactions":[],"interactions":[]}""", "'interactions' stands there twice.")]
    [InlineData("""{"interactions":[],"\ud800":1}""", "'body' has a field whose name is broken Unicode.")]
    [InlineData("""{"type":"interaction","timestamp":1795000000000,"data":{"type":"like"}}""", "'timestamp' " + Timestamp.Rule + ".")]
    [InlineData("""{"type":"interaction","timestamp":"10:30","data":{"type":"like"}}""", "'timestamp' " + Timestamp.Rule + ".")]
    [InlineData("""{"type":"interaction","data":{},"data":{}}""", "'data' stands there twice.")]
    [InlineData("""{"type":"interaction"}""", "'item' is not a JSON object.")]
    public void A_body_that_is_none_of_the_forms_is_refused_as_a_whole(string body, string sentence) =>
        Assert.Equal(sentence, Refusal(body).Message);

    [Theory]
    [InlineData("2026-11-20T11:00:00Z", "2026-11-20T10:00:00Z", 1795168800)]
    [InlineData("10:30", "2026-11-20T10:00:00Z", 1795168800)]
    [InlineData("2026-11-20T11:00:00", null, 1795172400)]
    public void The_timestamp_is_the_moment_of_an_item_that_gives_none(string timestamp, string? at, long seconds)
    {
        var moment = at is null ? "" : $",\"at\":\"{at}\"";
        var data = $$"""{"type":"like","actor":"n:a","target":"n:b"{{moment}}}""";
        var body = $$"""{"type":"interaction","timestamp":"{{timestamp}}","data":{{data}}}""";
        Assert.Equal(seconds, Assert.IsType<TakeFact>(Assert.Single(Items(body))).Fact.At);
    }

    private static FactRefusal Refusal(string body) => Assert.IsType<RefusedItem>(Assert.Single(Items(body))).Refusal;

    private static IReadOnlyList<TranslatedItem> Items(string body) =>
        Some.Connector("standard").Translate(Some.Delivery(body), Some.Now)!.Items;

    private static bool VerifySignature(string body, string id, string timestamp, string signature, long now) =>
        Some.Connector("standard")
            .VerifySignature(
                Some.Delivery(body, ("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)),
                Some.Settings("whsec_", "not base64!", Secret),
                now
            );

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();
}
