namespace Influence.Pipeline.Tests.Ingest;

/// <summary>That refusals reach the sender by place and id; each rule has its test in Influence.Scoring.Tests.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Items_are_refused_by_the_reader_and_by_the_limits_while_the_others_go_on()
    {
        await using var app = new App();
        const string id = ",\"id\":\"i\"";
        var result = await app.TakeItemsAsync(
            app.Item("a", "t"),
            app.Item("a", "t", type: "praise", extra: id),
            app.Item("a", "t", age: 91 * 86_400, extra: id),
            app.Item("a", "t", extra: id + ",\"community\":\"\""),
            "7"
        );
        Assert.Equal((IngestStatus.Accepted, 1), (result.Status, result.Accepted));
        Assert.Equal(
            [
                new Rejection(1, "i", "unknown_type", "'type' is none of view, click, like, follow, reply, mention, share, quote, post."),
                new Rejection(2, "i", "too_old", "'at' is more than 90 days ago. Interactions up to 400 days old can be imported."),
                new Rejection(3, "i", "missing_field", "'community' is empty."),
                new Rejection(4, null, "invalid_field", "'item' is not a JSON object."),
            ],
            result.Rejected
        );
    }

    [Fact]
    public async Task A_metric_that_was_read_elsewhere_is_refused_by_its_id()
    {
        await using var app = new App();
        var old = new MetricReport
        {
            Account = AccountId.Parse("net:t"),
            Counts = InteractionType.Like,
            Value = 1,
            At = 5,
            Id = "m",
        };
        var result = await app.Get<FactIngestor>().TakeAsync([IncomingFact.Of(0, old)], "test", default);
        Assert.Equal(
            [new Rejection(0, "m", "too_old", "'at' is more than 90 days ago. Interactions up to 400 days old can be imported.")],
            result.Rejected
        );
    }
}
