namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class PrefixTests(SiteFixture site)
{
    [BrowserFact]
    public async Task Behind_a_proxy_all_stays_below_its_path()
    {
        await using var proxy = await ProxyServer.StartAsync("/influence");
        await using var app = await site.StartAppAsync(("PublicUrl", proxy.Address));
        proxy.Show(app);
        await site.ReadAsync(
            async reader =>
            {
                var assets = new List<string>();
                reader.Page.Response += (_, r) =>
                {
                    if (r.Url.Contains("/assets/", StringComparison.Ordinal) && r.Status == 200)
                        assets.Add(r.Url);
                };
                await reader.GoAsync("/");
                await reader.FollowAsync(reader.Link("The whole board"));
                await reader.SendAsync("Find a place", People.Profile);
                await reader.FollowAsync(reader.Link(People.NameOfProfile).First);
                Assert.Equal(Addresses.Profile(People.Profile), reader.Path);
                await reader.LeadAsync(() => reader.Page.Locator("#since").PressAsync("Enter"), "the change since a day");
                await reader.FollowAsync(reader.Page.Locator(".brand"));
                Assert.Equal("/", reader.Path);
                await reader.SendAsync("Find a profile", People.Profile);
                Assert.Equal(Addresses.Profile(People.Profile), reader.Path);
                await reader.GoAsync(Addresses.Board(People.Board));
                await reader.FollowAsync(reader.Page.Locator("a", new() { HasText = "Earlier:" }));
                await reader.FollowAsync(reader.Link("Next places"));
                await reader.FollowAsync(reader.Link("Deutsch"));
                await reader.FollowAsync(reader.Page.Locator(".top nav a").Nth(1));
                await reader.LeadAsync(() => reader.Page.Locator("#points1").PressAsync("Enter"), "the answer of the calculator");
                Assert.Equal(2, assets.Distinct(StringComparer.Ordinal).Count());
            },
            address: proxy.Address
        );
        Assert.Empty(proxy.Outside);
    }
}
