using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Tests.Operations;

public sealed class WriteLimitsTests
{
    private static readonly (string, string)[] Named =
    [
        ("Writers:small:KeyHash", HashOf("small-key")),
        ("Writers:small:ItemsPerMinute", "1"),
        ("Writers:large:KeyHashes:0", HashOf("large-key")),
        ("Writers:large:KeyHashes:1", HashOf("new-large-key")),
        ("Writers:large:ItemsPerMinute", "6000"),
        ("Writers:free:KeyHash", HashOf("free-key")),
        ("Writers:free:ItemsPerMinute", "0"),
    ];

    [Fact]
    public async Task One_write_more_than_there_are_places_is_refused_until_one_is_done()
    {
        await using var app = new App(settings: ("Influence:MaxConcurrentWrites", "2"));
        var limits = app.Get<WriteLimits>();
        using var first = limits.Enter(Writer.Unnamed);
        var second = limits.Enter(Writer.Unnamed);
        using (var third = limits.Enter(Writer.Unnamed))
            Assert.Equal(new Throttle(ThrottleReason.Concurrency, TimeSpan.FromSeconds(1)), third.Refusal);
        // Webhooks have places of their own.
        using (var delivery = limits.EnterDelivery())
            Assert.Null(delivery.Refusal);
        second.Dispose();
        using var fourth = limits.Enter(Writer.Unnamed);
        Assert.Null(fourth.Refusal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public async Task A_backlog_refuses_keys_and_no_webhook(int seconds, bool isRefused)
    {
        await using var app = new App(settings: ("Influence:MaxBacklogSeconds", $"{seconds}"));
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.SendAsync([app.Share("net:b", "net:t")]);
        // Storage's own clock goes on by itself, and is whole seconds.
        await Eventually.HoldsAsync(
            "the messages are old",
            async () =>
            {
                await app.Get<Backlog>().LookAsync();
                return app.Get<Backlog>().Age > TimeSpan.FromSeconds(1);
            }
        );
        using var write = app.Get<WriteLimits>().Enter(Writer.Unnamed);
        Assert.Equal(isRefused ? ThrottleReason.Backlog : null, write.Refusal?.Reason);
        using var delivery = app.Get<WriteLimits>().EnterDelivery();
        Assert.Null(delivery.Refusal);
    }

    [Fact]
    public async Task A_key_sends_a_whole_batch_and_then_waits_for_its_budget()
    {
        await using var app = new App(settings: Named);
        var (budgets, small) = (app.Get<ItemBudgets>(), app.Get<Writers>().Of("small-key"));
        Assert.Equal(new ItemBudget(1, FactIngestor.MaxItems, TimeSpan.Zero), budgets.Of(small));
        Assert.Null(budgets.RefuseAny(small));
        Assert.Null(budgets.Charge(small, 999));
        Assert.Equal((1, 999 * 60), (budgets.Of(small)!.Remaining, (int)budgets.Of(small)!.Reset.TotalSeconds));
        // Something is left, so that a small batch gets through, but not a large one.
        Assert.Null(budgets.RefuseAny(small));
        var refused = budgets.Charge(small, 2);
        Assert.Equal(ThrottleReason.Budget, refused!.Reason);
        Assert.InRange(refused.RetryAfter.TotalSeconds, 1, 60);
        Assert.Null(budgets.Charge(small, 1));
        Assert.Equal(ThrottleReason.Budget, budgets.RefuseAny(small)!.Reason);
        // Before the body is read.
        using var write = app.Get<WriteLimits>().Enter(small);
        Assert.Equal(ThrottleReason.Budget, write.Refusal?.Reason);
        using var other = app.Get<WriteLimits>().Enter(app.Get<Writers>().Of("large-key"));
        Assert.Null(other.Refusal);
    }

    [Fact]
    public async Task More_items_than_ever_fit_take_the_whole_budget_and_get_through()
    {
        await using var app = new App(settings: Named);
        var (budgets, large) = (app.Get<ItemBudgets>(), app.Get<Writers>().Of("large-key"));
        Assert.Null(budgets.Charge(large, 1_000_000));
        // Time goes on, and fills it again.
        Assert.InRange(budgets.Of(large)!.Remaining, 0, 5999);
    }

    [Fact]
    public async Task Two_keys_of_one_name_share_its_budget_and_its_source()
    {
        await using var app = new App(settings: Named);
        var writers = app.Get<Writers>();
        Assert.Same(writers.Of("large-key"), writers.Of("new-large-key"));
        app.Get<ItemBudgets>().Charge(writers.Of("large-key"), 1000);
        Assert.InRange(app.Get<ItemBudgets>().Of(writers.Of("new-large-key"))!.Remaining, 5000, 5999);
    }

    [Fact]
    public async Task The_common_budget_is_for_keys_without_a_number_and_shared_by_those_without_a_name()
    {
        await using var app = new App(settings: [.. Named, ("Influence:ItemsPerMinute", "2000")]);
        var (budgets, writers) = (app.Get<ItemBudgets>(), app.Get<Writers>());
        Assert.Null(budgets.Charge(writers.Of("one"), 1500));
        Assert.Equal(ThrottleReason.Budget, budgets.Charge(writers.Of("another"), 1500)!.Reason);
        // Zero is a number of its own.
        Assert.Null(budgets.Of(writers.Of("free-key")));
        Assert.Null(budgets.Charge(writers.Of("free-key"), 1_000_000));
    }

    [Fact]
    public async Task A_batch_over_the_budget_is_not_queued()
    {
        await using var app = new App(settings: Named);
        app.Get<ItemBudgets>().Charge(app.Get<Writers>().Of("small-key"), 999);
        var body = $"[{app.Item("a", "t")},{app.Item("b", "t")}]";
        var over = await app.TakeAsync(body, key: "small-key");
        Assert.Equal((IngestStatus.OverBudget, 0, ThrottleReason.Budget), (over.Status, over.Accepted, over.Throttle!.Reason));
        await app.Deployment.KeysAsync(default);
        Assert.Empty(await app.ReceiveAsync());
        // An import is the operator's.
        Assert.Equal(IngestStatus.Accepted, (await app.TakeAsync(body, key: "small-key", isImport: true)).Status);
    }

    [Fact]
    public async Task A_forwarded_delivery_over_the_budget_is_not_remembered()
    {
        await using var app = new App(settings: Named);
        var small = app.Get<Writers>().Of("small-key");
        app.Get<ItemBudgets>().Charge(small, FactIngestor.MaxItems);
        var before = app.CountCalls();
        var result = await app.Get<WebhookReceiver>()
            .TakeForwardedAsync("bluesky", new Delivery(Like, _ => null, _ => null), small, default);
        Assert.Equal((WebhookOutcome.OverBudget, ThrottleReason.Budget), (result.Outcome, result.Batch!.Throttle!.Reason));
        Assert.Equal(0, before.Total);
    }

    private static byte[] Like =>
        """
            {"did":"did:plc:m5ra4oduyaqkx2h7wz3tfe6c","kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like",
            "rkey":"3mfk2vuowo22b","record":{"$type":"app.bsky.feed.like","subject":{"uri":
            "at://did:plc:t7vehalden3nq5rxj2ycw4bk/app.bsky.feed.post/3mfk2vuowo66f"}}}}
            """u8.ToArray();

    [Theory]
    [InlineData("Writers:crm:KeyHashes", "secret", "Writers__crm__KeyHashes")]
    [InlineData("Writers:crm:KeyHashes:0", "secret", "Writers__crm__KeyHashes__0")]
    [InlineData("Writers:crm:ItemsPerMinute", "-1", "Writers__crm__ItemsPerMinute")]
    [InlineData("Writers:crm:ItemsPerMinute", "10000001", "Writers__crm__ItemsPerMinute")]
    [InlineData("Writers:crm:ItemsPerMinute", "many", "Writers__crm__ItemsPerMinute")]
    public void A_setting_that_is_wrong_ends_the_start_and_shows_no_value(string key, string value, string named)
    {
        var hash = key.EndsWith('0') ? null : HashOf("crm-key");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Writers:crm:KeyHash", hash), new(key, value)]).Build();
        var failure = Assert.Throws<OptionsValidationException>(() => new Writers(configuration));
        Assert.Contains($"'{named}'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_key_has_one_name()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Writers:a:KeyHash", HashOf("key")), new("Writers:b:KeyHashes:0", HashOf("key"))])
            .Build();
        var failure = Assert.Throws<OptionsValidationException>(() => new Writers(configuration));
        Assert.Equal("The setting 'Writers__b__KeyHashes__0' is also that of 'a'.", failure.Message);
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
