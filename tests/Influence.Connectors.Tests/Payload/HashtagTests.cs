namespace Influence.Connectors.Tests.Payload;

public sealed class HashtagTests
{
    [Theory]
    [InlineData("#Kelp and #sjømat_2026, #2026 (#tides)!", "Kelp sjømat_2026 tides")]
    [InlineData("a#b https://example.org/#c &#39; ##d # #", "")]
    [InlineData("#one#two", "one")]
    [InlineData("#東京", "東京")]
    [InlineData(null, "")]
    public void Tags_are_found_in_text(string? text, string tags)
    {
        var meta = text is null ? "null" : System.Text.Json.JsonSerializer.Serialize(text);
        var body = $$$"""
            {"object":"page","entry":[{"id":"1","changes":[{"field":"feed","value":{"item":"post","verb":"add",
            "post_id":"1_2","sender_id":"1","created_time":1,"message":{{{meta}}}}}]}]}
            """;
        var item = (TakeFact)Some.Connector("meta").Translate(Some.Delivery(body), Some.Now)!.Items.Single();
        Assert.Equal(tags.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries), ((Interaction)item.Fact).Context.Topics);
    }
}
