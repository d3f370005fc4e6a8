using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Profiles;

/// <summary>From signed deliveries to suggestions of renames.</summary>
public sealed class RenameTests : IAsyncLifetime
{
    private readonly SignedDeliveries signed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await signed.DisposeAsync();

    [Fact]
    public async Task A_new_login_of_the_same_id_is_suggested_once()
    {
        await signed.StarAsync(1, "mira");
        Assert.Empty(await signed.ListAsync());
        await signed.StarAsync(1, "mira-o");
        await signed.StarAsync(1, "mira-o");
        var suggested = Assert.Single((await signed.Suggestions.ListAsync(default)).Suggestions);
        Assert.Equal(("github:mira", "github:mira-o"), (suggested.From, suggested.To));
        Assert.Equal(("renamed", "github", signed.App.Clock.GetUtcNow()), (suggested.Why, suggested.Network, suggested.SeenAt));
        Assert.Equal((false, false), (suggested.FromHasScore, suggested.ToHasScore));
        await signed.App.SendAsync([signed.App.Share("net:a", "github:mira")]);
        await signed.App.DrainAsync();
        suggested = Assert.Single((await signed.Suggestions.ListAsync(default)).Suggestions);
        Assert.Equal((true, false), (suggested.FromHasScore, suggested.ToHasScore));
        var found = await signed.Suggestions.FindAsync(suggested.Id, default);
        Assert.Equal((suggested.From, suggested.To), (found!.From.Value, found.To.Value));
    }

    [Fact]
    public async Task Dismissed_it_does_not_come_back()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        var id = (await signed.Suggestions.ListAsync(default)).Suggestions.Single().Id;
        Assert.True(await signed.Suggestions.RemoveAsync(id, default));
        Assert.False(await signed.Suggestions.RemoveAsync(id, default));
        Assert.Null(await signed.Suggestions.FindAsync(id, default));
        await signed.StarAsync(1, "mira-o");
        await using var other = signed.Other();
        await signed.StarAsync(1, "mira-o", host: other);
        Assert.Empty(await signed.ListAsync());
    }

    [Fact]
    public async Task Two_that_are_linked_are_suggested_no_more()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        await signed.StarAsync(2, "tove");
        await signed.StarAsync(2, "tove-b");
        await signed.Suggestions.RemoveLinkedAsync(["github:mira", "github:mira-o", "github:tove"], default);
        Assert.Equal([("github:tove", "github:tove-b")], await signed.ListAsync());
    }

    [Fact]
    public async Task A_name_that_comes_back_is_suggested_the_other_way_round()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        await signed.StarAsync(1, "mira");
        Assert.Equal([("github:mira-o", "github:mira")], await signed.ListAsync());
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
            await signed.StarAsync(sighting[0] - '0', $"login-{sighting[1]}");
        Assert.DoesNotContain(
            await signed.ListAsync(),
            s => s is ("github:login-a", "github:login-b") or ("github:login-b", "github:login-a")
        );
        Assert.All(await signed.ListAsync(), s => Assert.DoesNotContain("login-a", s.From + s.To, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_are_they_where_both_are_seen_at_once_by_several_hosts()
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, two) = ($"one-{round}", $"two-{round}");
            await using var other = signed.Other();
            await signed.StarAsync((2 * round) + 10, one);
            await Task.WhenAll(signed.StarAsync((2 * round) + 10, two), signed.StarAsync((2 * round) + 11, one, host: other));
            Assert.Empty(await signed.ListAsync());
        }
    }

    [Fact]
    public async Task A_login_that_somebody_else_takes_withdraws_what_was_suggested()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        Assert.Single(await signed.ListAsync());
        await signed.StarAsync(2, "mira");
        Assert.Empty(await signed.ListAsync());
    }

    [Fact]
    public async Task A_late_delivery_changes_nothing()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        await signed.StarAsync(1, "mira", age: 3600);
        Assert.Equal([("github:mira", "github:mira-o")], await signed.ListAsync());
    }

    [Fact]
    public async Task Who_was_seen_in_this_process_costs_no_request()
    {
        await signed.StarAsync(1, "mira");
        var count = signed.App.CountCalls();
        await signed.StarAsync(1, "mira");
        Assert.Equal(0, count["sightings"]);
        await signed.StarAsync(2, "tove");
        // Two reads and a transaction: the owner of the repository is known.
        Assert.Equal(3, count["sightings"]);
        signed.App.Clock.Advance(TimeSpan.FromDays(2));
        await signed.StarAsync(2, "tove");
        // Two reads each, of both people.
        Assert.Equal(7, count["sightings"]);
    }

    [Fact]
    public async Task What_is_long_past_is_forgotten_and_suggestions_stay()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        await signed.ActAsync(SignedDeliveries.Moved("a"));
        signed.App.Clock.Advance(TimeSpan.FromDays(SightingRows.Days + 1));
        await signed.App.Get<Retention>().RunAsync(default);
        Assert.Single(await signed.App.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync());
        Assert.Single(await signed.ListAsync());
    }

    [Fact]
    public async Task Storage_that_does_not_take_it_fails_no_delivery()
    {
        await signed.StarAsync(1, "mira");
        await signed.App.Deployment.Profiles.DeleteAsync();
        await signed.StarAsync(1, "mira-o");
        await signed.App.Deployment.Profiles.CreateIfNotExistsAsync();
        await signed.StarAsync(1, "mira-o");
        await signed.StarAsync(1, "mira-2");
        // What was forgotten is seen again: nothing was kept of what storage did not take.
        Assert.Equal([("github:mira-o", "github:mira-2")], await signed.ListAsync());
        // One star, whatever its giver is called.
        await signed.App.DrainAsync();
        Assert.Equal(1, (await signed.App.CardAsync("github:acme"))!.Coverage.Interactions);
    }

    [Fact]
    public async Task An_erased_account_is_in_no_row_and_is_seen_no_more()
    {
        await signed.StarAsync(1, "mira");
        await signed.StarAsync(1, "mira-o");
        await signed.App.Get<Suppression>().AddAsync(AccountId.Parse("github:mira-o"), default);
        await signed.App.Get<AccountRecords>().DeleteAsync(AccountId.Parse("github:mira-o"), default);
        await using var other = signed.Other();
        await signed.StarAsync(1, "mira-o", host: other);
        Assert.Empty(await signed.ListAsync());
        Assert.DoesNotContain(
            await signed.App.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync(),
            r => r.Any(v => v.Value?.ToString()?.Contains("mira-o", StringComparison.Ordinal) == true)
        );
    }

    [Fact]
    public async Task No_login_is_in_a_key()
    {
        await signed.StarAsync(1, "mira");
        await signed.ActAsync(SignedDeliveries.Moved("a"));
        Assert.All(
            await signed.App.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync(),
            r => Assert.DoesNotContain("mira", r.PartitionKey + r.RowKey, StringComparison.Ordinal)
        );
    }
}
