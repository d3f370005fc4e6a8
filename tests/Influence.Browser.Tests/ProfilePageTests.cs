using System.Globalization;

namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class ProfilePageTests(SiteFixture site)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_profile_shows_score_curve_and_the_accounts_it_is_of(bool hasScript) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Addresses.Profile(People.Profile));
                var card = (await site.App.CardAsync(People.Profile))!.Value;
                var score = card.GetProperty("score").GetDouble().ToString("0.00", CultureInfo.InvariantCulture);
                await Expect(reader.Page.Locator(".number")).ToContainTextAsync(score);
                await Expect(reader.Page.Locator(".person a")).ToHaveTextAsync("ada.example");
                await reader.Page.GetByText("3 accounts of this profile").ClickAsync();
                await Expect(reader.Page.Locator(".accounts").GetByText("code:ada")).ToBeVisibleAsync();

                var title = await reader.Page.Locator("svg.curve.wide title").TextContentAsync();
                await Expect(reader.Page.GetByRole(AriaRole.Img, new() { Name = title })).ToHaveCountAsync(1);
                await reader.Page.GetByText("The same as a table").ClickAsync();
                await Expect(reader.Page.Locator("section[aria-labelledby=history] tbody tr").First).ToBeVisibleAsync();
            },
            new() { JavaScriptEnabled = hasScript }
        );

    [BrowserFact]
    public Task The_change_is_told_since_the_day_that_a_reader_chooses() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Profile(People.Profile));
            var day = site.Days[0].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await reader.Page.GetByLabel("Since the end of").FillAsync(day);
            await reader.LeadAsync(
                () => reader.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync(),
                "the change since that day"
            );
            Assert.Equal($"{Addresses.Profile(People.Profile)}?since={day}", reader.Path);
            await Expect(reader.Page.Locator("#change")).ToContainTextAsync(day);
            await Expect(reader.Page.Locator("table.parts tfoot")).ToBeVisibleAsync();
        });

    [BrowserFact]
    public Task Of_somebody_who_only_engages_it_says_what_they_do() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Profile(People.OnlyEngages));
            await Expect(reader.Page.GetByText("What this account does")).ToBeVisibleAsync();
            await Expect(reader.Page.Locator(".number")).ToHaveCountAsync(0);
        });

    [BrowserFact]
    public Task Of_a_bot_it_says_that_it_is_none_of_the_people() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Profile(People.Bot));
            await Expect(reader.Page.Locator(".note")).ToContainTextAsync("no person but a program");
        });

    [BrowserFact]
    public Task An_unknown_profile_and_a_wrong_id_offer_a_search() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Profile($"{People.Network}:nobody"), 404);
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Nothing is known of this profile");
            await reader.SendAsync("Find a profile", People.InTheMiddle);
            Assert.Equal(Addresses.Profile(People.InTheMiddle), reader.Path);
            await reader.GoAsync(Addresses.Profile("nobody"), 400);
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("This is no account's id");
        });

    [BrowserFact]
    public Task A_snippet_is_copied_where_the_browser_may() =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Addresses.Profile(People.Profile));
                await reader.Page.Locator("section[aria-labelledby=snippets] summary").First.ClickAsync();
                await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
                var copied = await reader.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
                Assert.Equal(await reader.Page.Locator(".snippet code").First.TextContentAsync(), copied);
            },
            new() { Permissions = ["clipboard-read", "clipboard-write"] }
        );
}
