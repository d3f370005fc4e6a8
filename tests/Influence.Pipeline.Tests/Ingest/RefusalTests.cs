namespace Influence.Pipeline.Tests.Ingest;

/// <summary>Every way an item can be refused: its index, its id, the code, and a message that names the field.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RefusalTests(TestAzurite azurite)
{
    private const string Good = "\"type\":\"like\",\"actor\":\"net:a\",\"target\":\"net:t\",\"at\":1795176000,\"id\":\"i\"";
    private const string Count = "\"account\":\"net:t\",\"metric\":\"likes\",\"add\":1,\"at\":1795176000,\"id\":\"i\"";

    [Theory]
    [InlineData("type", "\"praise\"", "unknown_type")]
    [InlineData("type", "null", "missing_field")]
    [InlineData("type", "7", "invalid_field")]
    [InlineData("type", "\"Like\"", "unknown_type")]
    [InlineData("actor", "null", "missing_field")]
    [InlineData("actor", "\"a\"", "invalid_account")]
    [InlineData("actor", "\"NET:a\"", "invalid_account")]
    [InlineData("actor", "\"net:\"", "invalid_account")]
    [InlineData("actor", "\"net:a\\u0000b\"", "invalid_account")]
    [InlineData("actor", "\"net:\\ud800\"", "invalid_field")]
    [InlineData("actor", "{}", "invalid_field")]
    [InlineData("target", "null", "missing_field")]
    [InlineData("target", "\"t\"", "invalid_account")]
    [InlineData("target", "\"net:a\"", "self_interaction")]
    [InlineData("at", "null", "missing_field")]
    [InlineData("at", "\"yesterday\"", "invalid_field")]
    [InlineData("at", "1.5", "invalid_field")]
    [InlineData("at", "-1", "invalid_field")]
    [InlineData("at", "1e30", "invalid_field")]
    [InlineData("at", "\"\\ud800\"", "invalid_field")]
    [InlineData("at", "1787399999", "too_old")]
    [InlineData("at", "1795176301", "in_future")]
    [InlineData("at", "\"9999-12-31T23:59:59Z\"", "in_future")]
    [InlineData("at", "\"0001-01-01T00:00:00Z\"", "too_old")]
    [InlineData("object", "\"\"", "missing_field")]
    [InlineData("object", "\"a\\nb\"", "invalid_field")]
    [InlineData("object", "[]", "invalid_field")]
    [InlineData("topics", "\"music\"", "invalid_field")]
    [InlineData("topics", "[1]", "invalid_field")]
    [InlineData("topics", "[null]", "invalid_field")]
    [InlineData("topics", "[\"\\udc00\"]", "invalid_field")]
    [InlineData("topics", "[\"\"]", "missing_field")]
    [InlineData("topics", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]", "too_long")]
    [InlineData("community", "1", "invalid_field")]
    [InlineData("undo", "1", "invalid_field")]
    [InlineData("undo", "{}", "invalid_field")]
    [InlineData("undo", "\"\\ud800\"", "invalid_field")]
    public Task An_interaction_is_refused_with_code_and_field(string field, string value, string code) =>
        RefusedAsync(FactKind.Interactions, Good, field, value, code);

    [Theory]
    [InlineData("account", "null", "missing_field")]
    [InlineData("account", "\"t\"", "invalid_account")]
    [InlineData("metric", "null", "missing_field")]
    [InlineData("metric", "\"smiles\"", "unknown_type")]
    [InlineData("add", "null", "missing_field")]
    [InlineData("add", "-0.5", "negative")]
    [InlineData("add", "\"NaN\"", "not_finite")]
    [InlineData("add", "\"-Infinity\"", "not_finite")]
    [InlineData("add", "1e999", "not_finite")]
    [InlineData("add", "1e13", "too_long")]
    [InlineData("add", "\"5\"", "invalid_field")]
    [InlineData("add", "\"\\ud800\"", "invalid_field")]
    [InlineData("value", "5", "invalid_field")]
    [InlineData("id", "null", "missing_field")]
    [InlineData("id", "\"\"", "missing_field")]
    [InlineData("at", "true", "invalid_field")]
    [InlineData("at", "1787399999", "too_old")]
    public Task A_metric_is_refused_with_code_and_field(string field, string value, string code) =>
        RefusedAsync(FactKind.Metrics, Count, field, value, code);

    [Theory]
    [InlineData("id", 256)]
    [InlineData("object", 1024)]
    [InlineData("community", 128)]
    public async Task A_text_may_be_as_long_as_its_limit_and_no_longer(string field, int limit)
    {
        await using var app = new App(azurite);
        var result = await app.TakeItemsAsync([.. new[] { limit, limit + 1 }.Select(n => Item(Good, field, $"\"{new string('é', n)}\""))]);
        Assert.Equal((1, "too_long", 1), (result.Accepted, Assert.Single(result.Rejected).Code, result.Rejected[0].Index));
        Assert.Contains($"'{field}' is over {limit} characters", result.Rejected[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_followers_count_is_a_value_and_nothing_else()
    {
        await using var app = new App(azurite);
        var gauge = Item(Count, "metric", "\"followers\"");
        var add = Assert.Single((await app.TakeAsync($"[{gauge}]", kind: FactKind.Metrics)).Rejected);
        Assert.Equal(("invalid_field", true), (add.Code, add.Message.StartsWith("'add' ", StringComparison.Ordinal)));
        var none = Assert.Single((await app.TakeAsync($"[{Item(gauge[1..^1], "add", "null")}]", kind: FactKind.Metrics)).Rejected);
        Assert.Equal(("missing_field", "'value' is required."), (none.Code, none.Message));
    }

    private async Task RefusedAsync(FactKind kind, string good, string field, string value, string code)
    {
        await using var app = new App(azurite);
        var result = await app.TakeAsync($"[{{{good}}},{Item(good, field, value)}]", kind: kind);
        var refused = Assert.Single(result.Rejected);
        Assert.Equal((IngestStatus.Accepted, 1, 1, code), (result.Status, result.Accepted, refused.Index, refused.Code));
        Assert.StartsWith($"'{field}' ", refused.Message, StringComparison.Ordinal);
        if (field is not ("id" or "undo"))
            Assert.Equal("i", refused.Id);
    }

    // The field in place of the good one, if there is one.
    private static string Item(string good, string field, string value) =>
        $"{{{string.Join(',', good.Split(',').Where(f => !f.StartsWith($"\"{field}\":", StringComparison.Ordinal)).Append($"\"{field}\":{value}"))}}}";
}
