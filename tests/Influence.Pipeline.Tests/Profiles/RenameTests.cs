using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Profiles;

/// <summary>From signed deliveries to suggestions of renames.</summary>
public sealed class RenameTests : IAsyncLifetime
{
    private const string Secret = "a secret of the tests";
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly App app = new(settings: Settings);

    private static (string, string)[] Settings => [("Webhooks:github:Secrets:0", Secret), ("Webhooks:activitystreams:Secrets:0", Key)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_new_login_of_the_same_id_is_suggested_once()
    {
        await StarAsync(1, "mira");
        Assert.Empty(await ListAsync());
        await StarAsync(1, "mira-o");
        await StarAsync(1, "mira-o");
        var suggested = Assert.Single((await app.Get<RenameSuggestions>().ListAsync(default)).Suggestions);
        Assert.Equal(("github:mira", "github:mira-o"), (suggested.From, suggested.To));
        Assert.Equal(("renamed", "github", app.Clock.GetUtcNow()), (suggested.Why, suggested.Network, suggested.SeenAt));
        Assert.Equal((false, false), (suggested.FromHasScore, suggested.ToHasScore));
        await app.SendAsync([app.Share("net:a", "github:mira")]);
        await app.DrainAsync();
        suggested = Assert.Single((await app.Get<RenameSuggestions>().ListAsync(default)).Suggestions);
        Assert.Equal((true, false), (suggested.FromHasScore, suggested.ToHasScore));
        var found = await app.Get<RenameSuggestions>().FindAsync(suggested.Id, default);
        Assert.Equal((suggested.From, suggested.To), (found!.From.Value, found.To.Value));
    }

    [Fact]
    public async Task Dismissed_it_does_not_come_back()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        var id = (await app.Get<RenameSuggestions>().ListAsync(default)).Suggestions.Single().Id;
        Assert.True(await app.Get<RenameSuggestions>().RemoveAsync(id, default));
        Assert.False(await app.Get<RenameSuggestions>().RemoveAsync(id, default));
        Assert.Null(await app.Get<RenameSuggestions>().FindAsync(id, default));
        await StarAsync(1, "mira-o");
        await using var other = new App(beside: app, settings: Settings);
        await StarAsync(1, "mira-o", host: other);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Two_that_are_linked_are_suggested_no_more()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        await StarAsync(2, "tove");
        await StarAsync(2, "tove-b");
        await app.Get<RenameSuggestions>().RemoveLinkedAsync(["github:mira", "github:mira-o", "github:tove"], default);
        Assert.Equal([("github:tove", "github:tove-b")], await ListAsync());
    }

    [Fact]
    public async Task A_name_that_comes_back_is_suggested_the_other_way_round()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        await StarAsync(1, "mira");
        Assert.Equal([("github:mira-o", "github:mira")], await ListAsync());
    }

    [Theory]
    // Both were seen before; only one; the second is seen with the first one's login before the first is seen again; neither.
    [InlineData("1a 2b 1b 2a")]
    [InlineData("1a 2b 2a 1b")]
    [InlineData("1a 1b 2a")]
    [InlineData("2b 2a 1b")]
    [InlineData("1b 2a")]
    [InlineData("1a 2b 1c 2a 1b")]
    [InlineData("1a 2b 2c 1b 2a")]
    public async Task Two_that_swap_logins_are_not_suggested(string sightings)
    {
        foreach (var sighting in sightings.Split(' '))
            await StarAsync(sighting[0] - '0', $"login-{sighting[1]}");
        Assert.DoesNotContain(await ListAsync(), s => s is ("github:login-a", "github:login-b") or ("github:login-b", "github:login-a"));
        Assert.All(await ListAsync(), s => Assert.DoesNotContain("login-a", s.From + s.To, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_are_they_where_both_are_seen_at_once_by_several_hosts()
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, two) = ($"one-{round}", $"two-{round}");
            await using var other = new App(beside: app, settings: Settings);
            await StarAsync((2 * round) + 10, one);
            await Task.WhenAll(StarAsync((2 * round) + 10, two), StarAsync((2 * round) + 11, one, host: other));
            Assert.Empty(await ListAsync());
        }
    }

    [Fact]
    public async Task A_login_that_somebody_else_takes_withdraws_what_was_suggested()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        Assert.Single(await ListAsync());
        await StarAsync(2, "mira");
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_late_delivery_changes_nothing()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        await StarAsync(1, "mira", age: 3600);
        Assert.Equal([("github:mira", "github:mira-o")], await ListAsync());
    }

    [Fact]
    public async Task Who_was_seen_in_this_process_costs_no_request()
    {
        await StarAsync(1, "mira");
        var count = app.CountCalls();
        await StarAsync(1, "mira");
        Assert.Equal(0, count["sightings"]);
        await StarAsync(2, "tove");
        // Two reads and a transaction: the owner of the repository is known.
        Assert.Equal(3, count["sightings"]);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await StarAsync(2, "tove");
        // Two reads each, of both people.
        Assert.Equal(7, count["sightings"]);
    }

    [Fact]
    public async Task A_move_needs_the_word_of_both_ends_in_any_order()
    {
        await ActAsync(Moved("a"));
        await ActAsync(Moved("a"));
        Assert.Empty(await ListAsync());
        await ActAsync(Known("a"));
        Assert.Equal([("fediverse:mira@a.example", "fediverse:mira@b.example")], await ListAsync());
        await ActAsync(Known("c"));
        Assert.Single(await ListAsync());
        await ActAsync(Moved("c"));
        Assert.Equal(2, (await ListAsync()).Count);
        Assert.All((await app.Get<RenameSuggestions>().ListAsync(default)).Suggestions, s => Assert.Equal("moved", s.Why));
    }

    [Fact]
    public async Task Dismissed_a_move_does_not_come_back()
    {
        await ActAsync(Moved("a"));
        await ActAsync(Known("a"));
        var id = (await app.Get<RenameSuggestions>().ListAsync(default)).Suggestions.Single().Id;
        await app.Get<RenameSuggestions>().RemoveAsync(id, default);
        await using var other = new App(beside: app, settings: Settings);
        await ActAsync(Moved("a"), other);
        await ActAsync(Known("a"), other);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task What_is_forwarded_shows_nothing()
    {
        foreach (var body in new[] { Moved("a"), Known("a") })
            await app.Get<WebhookReceiver>()
                .TakeForwardedAsync(
                    "activitystreams",
                    new Delivery(Encoding.UTF8.GetBytes(body), _ => null, _ => null),
                    Writer.Unnamed,
                    default
                );
        Assert.Empty(await ListAsync());
        Assert.Empty(await app.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task What_is_long_past_is_forgotten_and_suggestions_stay()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        await ActAsync(Moved("a"));
        app.Clock.Advance(TimeSpan.FromDays(SightingRows.Days + 1));
        await app.Get<Retention>().RunAsync(default);
        Assert.Single(await app.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync());
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Storage_that_does_not_take_it_fails_no_delivery()
    {
        await StarAsync(1, "mira");
        await app.Deployment.Profiles.DeleteAsync();
        await StarAsync(1, "mira-o");
        await app.Deployment.Profiles.CreateIfNotExistsAsync();
        await StarAsync(1, "mira-o");
        await StarAsync(1, "mira-2");
        // What was forgotten is seen again: nothing was kept of what storage did not take.
        Assert.Equal([("github:mira-o", "github:mira-2")], await ListAsync());
        // One star, whatever its giver is called.
        await app.DrainAsync();
        Assert.Equal(1, (await app.CardAsync("github:acme"))!.Coverage.Interactions);
    }

    [Fact]
    public async Task An_erased_account_is_in_no_row_and_is_seen_no_more()
    {
        await StarAsync(1, "mira");
        await StarAsync(1, "mira-o");
        await app.Get<Suppression>().AddAsync(AccountId.Parse("github:mira-o"), default);
        await app.Get<AccountRecords>().DeleteAsync(AccountId.Parse("github:mira-o"), default);
        await using var other = new App(beside: app, settings: Settings);
        await StarAsync(1, "mira-o", host: other);
        Assert.Empty(await ListAsync());
        Assert.DoesNotContain(
            await app.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync(),
            r => r.Any(v => v.Value?.ToString()?.Contains("mira-o", StringComparison.Ordinal) == true)
        );
    }

    [Fact]
    public async Task No_login_is_in_a_key()
    {
        await StarAsync(1, "mira");
        await ActAsync(Moved("a"));
        Assert.All(
            await app.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync(),
            r => Assert.DoesNotContain("mira", r.PartitionKey + r.RowKey, StringComparison.Ordinal)
        );
    }

    private async Task<List<(string From, string To)>> ListAsync() =>
        [.. (await app.Get<RenameSuggestions>().ListAsync(default)).Suggestions.Select(s => (s.From, s.To))];

    private static string Moved(string from) =>
        $$"""
            {"type":"Move","actor":"https://{{from}}.example/users/mira","object":"https://{{from}}.example/users/mira",
            "target":"https://b.example/users/mira"}
            """;

    private static string Known(string from) =>
        $$"""
            {"type":"Update","actor":"https://b.example/users/mira","object":{"id":"https://b.example/users/mira","type":"Person",
            "alsoKnownAs":["https://{{from}}.example/users/mira"]} }
            """;

    private Task StarAsync(int id, string login, long age = 0, App? host = null) =>
        SignedAsync(
            "github",
            Secret,
            $$"""
            {"action":"created","starred_at":"{{app.Clock.GetUtcNow().AddSeconds(-age):yyyy-MM-ddTHH:mm:ssZ}}",
            "sender":{"login":"{{login}}","id":{{id}},"type":"User"},
            "repository":{"id":7,"html_url":"https://github.com/acme/tool","owner":{"login":"acme","id":900,"type":"Organization"} } }
            """,
            host,
            ("X-GitHub-Event", "star")
        );

    private Task ActAsync(string body, App? host = null) => SignedAsync("activitystreams", Key, body, host);

    private async Task SignedAsync(string source, string secret, string body, App? host, params (string Name, string Value)[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var signed = ConnectorRegistry
            .Find(source)!
            .Sign(bytes, secret, app.Now)
            .Concat(headers.Select(h => KeyValuePair.Create(h.Name, h.Value)))
            .ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
        var delivery = new Delivery(bytes, signed.GetValueOrDefault, _ => null);
        var result = await (host ?? app).Get<WebhookReceiver>().TakeSignedAsync(source, delivery, default);
        Assert.Equal(WebhookOutcome.Taken, result.Outcome);
    }
}
