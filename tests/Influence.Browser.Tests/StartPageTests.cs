namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class StartPageTests(SiteFixture site)
{
    private const string Search = "Find a profile";
    private const string Strange = "\"><svg onload=alert(3)>";

    [BrowserFact]
    public Task The_first_page_shows_who_leads_and_all_boards() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await Expect(reader.Page.Locator("section[aria-labelledby=leaders] tbody tr")).ToHaveCountAsync(5);
            await Expect(reader.Page.Locator($".tiles a[href='{Addresses.Board(People.TopicBoard)}']")).ToHaveCountAsync(1);
            await reader.FollowAsync(reader.Link("The whole board"));
            Assert.Equal(Addresses.Board("global"), reader.Path);
        });

    [BrowserFact]
    public Task A_search_for_an_id_lands_on_the_profile() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await reader.SendAsync(Search, People.Profile);
            Assert.Equal(Addresses.Profile(People.Profile), reader.Path);
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync(People.NameOfProfile);
        });

    [BrowserFact]
    public Task A_search_for_a_name_finds_who_has_it() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await reader.SendAsync(Search, "óvári");
            await Expect(reader.Page.Locator("#found")).ToHaveTextAsync("Search for óvári");
            await reader.FollowAsync(reader.Link("Mira Óvári"));
            Assert.Equal(Addresses.Profile($"{People.Network}:mira"), reader.Path);
        });

    [BrowserFact]
    public Task A_search_that_finds_nobody_says_so_and_keeps_what_was_typed() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await reader.SendAsync(Search, Strange);
            await Expect(reader.Page.GetByText("No profile was found among the first places.")).ToBeVisibleAsync();
            await Expect(reader.Page.GetByLabel(Search)).ToHaveValueAsync(Strange);
        });

    [BrowserFact]
    public Task A_page_names_the_sign_that_a_browser_shows() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            var sign = await reader.Page.Locator("link[rel=icon]").GetAttributeAsync("href");
            using var answer = await site.App.Client.GetAsync(sign);
            Assert.Equal("image/svg+xml", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        });
}
