namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class StartPageTests(SiteFixture site)
{
    [BrowserFact]
    public Task The_first_page_shows_who_leads_and_all_boards() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await Expect(reader.Page.Locator("section[aria-labelledby=leaders] tbody tr")).ToHaveCountAsync(5);
            await Expect(reader.Page.Locator(".tiles a[href='/boards/topic:tea']")).ToHaveCountAsync(1);
            await reader.FollowAsync(reader.Page.Locator("section[aria-labelledby=leaders] p a"));
            Assert.Equal("/boards/global", reader.Path);
        });

    [BrowserFact]
    public Task A_search_for_an_id_lands_on_the_profile() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await reader.SendAsync("Find a profile", People.Profile);
            Assert.Equal($"/profiles/{People.Profile}", reader.Path);
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync(People.NameOfProfile);
        });
}
