namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class LanguageTests(SiteFixture site)
{
    [BrowserFact]
    public Task A_language_that_the_address_names_stays_over_links_and_forms() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync("/");
            await reader.FollowAsync(reader.Link("Deutsch"));
            await AssertGermanAsync(reader);
            await reader.FollowAsync(reader.Page.Locator("section[aria-labelledby=leaders] p a"));
            await AssertGermanAsync(reader);
            await reader.LeadAsync(() => FillAsync(reader, "#around", People.InTheMiddle), "the neighbours");
            await AssertGermanAsync(reader);
            await reader.FollowAsync(reader.Page.Locator(".rows tbody a").First);
            await AssertGermanAsync(reader);
            await reader.FollowAsync(reader.Page.Locator(".brand"));
            await AssertGermanAsync(reader);
            await reader.LeadAsync(() => FillAsync(reader, "#q", "nobody at all"), "the search");
            await AssertGermanAsync(reader);
            await reader.FollowAsync(reader.Page.Locator(".top nav a").Nth(1));
            await AssertGermanAsync(reader);
            await reader.FollowAsync(reader.Link("English"));
            await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        });

    [BrowserFact]
    public Task Without_one_the_reader_s_own_language_counts() =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync("/");
                await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
                await reader.GoAsync(Addresses.Profile($"{People.Network}:nobody"), 404);
                await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
            },
            new() { Locale = "de-AT" }
        );

    private static async Task AssertGermanAsync(Reader reader)
    {
        Assert.Contains("lang=de", reader.Path, StringComparison.Ordinal);
        await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
    }

    private static async Task FillAsync(Reader reader, string field, string text)
    {
        await reader.Page.Locator(field).FillAsync(text);
        await reader.Page.Locator(field).PressAsync("Enter");
    }
}
