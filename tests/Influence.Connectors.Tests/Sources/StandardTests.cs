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

    private static bool VerifySignature(string body, string id, string timestamp, string signature, long now) =>
        Some.Connector("standard")
            .VerifySignature(
                Some.Delivery(body, ("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)),
                Some.Settings("whsec_", "not base64!", Secret),
                now
            );

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();
}
