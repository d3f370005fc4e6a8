using System.Globalization;

namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class BoardPageTests(SiteFixture site)
{
    private const string Around = "Find a place";
    private static readonly string Board = Addresses.Board(People.Board);

    private DateOnly Today => site.Days[^1];
    private DateOnly Before => site.Days[^2];

    [BrowserFact]
    public Task A_board_leads_to_a_profile_and_back() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Board);
            await Expect(reader.Page.Locator(".rows tbody tr")).ToHaveCountAsync(100);
            await reader.FollowAsync(reader.Page.Locator(".rows tbody a").First);
            Assert.StartsWith("/profiles/", reader.Path, StringComparison.Ordinal);
            await reader.LeadAsync(() => reader.Page.GoBackAsync(), "the board again");
            Assert.Equal(Board, reader.Path);
        });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Following_next_to_the_end_shows_every_place_once(bool hasScript) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Board);
                var (ids, ranks) = (new List<string>(), new List<int>());
                for (var page = 1; ; page++)
                {
                    ids.AddRange(await reader.TextsAsync(".rows th[scope=row]"));
                    ranks.AddRange((await reader.TextsAsync(".rows tbody td:first-child")).Select(Number));
                    var next = reader.Link("Next places");
                    if (await next.CountAsync() == 0)
                        break;
                    Assert.True(page < 20, "There is no end of pages.");
                    await reader.FollowAsync(next);
                }

                Assert.Equal(People.Places, ids.Distinct(StringComparer.Ordinal).Count());
                Assert.Equal(Enumerable.Range(1, People.Places), ranks);
                await reader.FollowAsync(reader.Link("Previous places"));
                Assert.Equal("801", (await reader.TextsAsync(".rows tbody td:first-child"))[0]);
            },
            new() { JavaScriptEnabled = hasScript }
        );

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Around_somebody_in_the_top_are_their_neighbours(bool hasScript) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Board);
                await reader.SendAsync(Around, People.InTheMiddle);
                await Expect(reader.Page.Locator(".around tbody tr")).ToHaveCountAsync(7);
                await Expect(reader.Page.Locator(".around tr.me")).ToContainTextAsync(People.InTheMiddle);
                await reader.FollowAsync(reader.Link("See the profile"));
                Assert.Equal(Addresses.Profile(People.InTheMiddle), reader.Path);
            },
            new() { JavaScriptEnabled = hasScript }
        );

    [BrowserTheory]
    [InlineData(People.BeyondTheTop, "It stands beyond the places that are shown")]
    [InlineData($"{People.Network}:nobody", "This board shows no place of it on this day")]
    [InlineData(People.Bot, "This board shows no place of it on this day")]
    [InlineData("no id", "This is no account's id")]
    [InlineData(People.Script, "This is no account's id")]
    public Task Around_somebody_without_a_place_the_page_says_why(string asked, string says) =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Board);
            await reader.SendAsync(Around, asked);
            await Expect(reader.Page.Locator(".around")).ToContainTextAsync(says);
            await Expect(reader.Page.GetByLabel(Around, new() { Exact = true })).ToHaveValueAsync(asked);
            await Expect(reader.Page.Locator(".around tbody tr")).ToHaveCountAsync(0);
        });

    [BrowserFact]
    public Task The_picker_leads_to_another_day_and_links_lead_on_from_there() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Board);
            await reader.Page.GetByLabel("Another day", new() { Exact = true }).FillAsync(Text(site.Days[1]));
            await reader.LeadAsync(
                () => reader.Page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }).ClickAsync(),
                "the day"
            );
            Assert.Equal(Addresses.Board(People.Board, site.Days[1]), reader.Path);
            await reader.FollowAsync(reader.Link($"Earlier: {Text(site.Days[0])}"));
            await Expect(reader.Page.Locator("a", new() { HasText = "Earlier:" })).ToHaveCountAsync(0);
            await reader.FollowAsync(reader.Link($"Later: {Text(site.Days[1])}"));
            await reader.FollowAsync(reader.Link($"Later: {Text(Before)}"));
            await reader.FollowAsync(reader.Link("The latest day"));
            await reader.FollowAsync(reader.Link($"Earlier: {Text(Before)}"));
            Assert.Equal(Addresses.Board(People.Board, Before), reader.Path);
        });

    [BrowserFact]
    public Task A_search_around_somebody_stays_on_the_day() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Board(People.Board, Before));
            await reader.SendAsync(Around, People.InTheMiddle);
            Assert.Contains($"date={Text(Before)}", reader.Path, StringComparison.Ordinal);
            await Expect(reader.Page.Locator(".around tr.me")).ToHaveCountAsync(1);
        });

    [BrowserFact]
    public Task An_empty_board_says_that_it_is_nobodys_fault() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Board($"movers:{People.Quiet}"));
            await Expect(reader.Page.Locator(".empty h2")).ToHaveTextAsync("Nobody is on this board yet");
        });

    [BrowserFact]
    public Task A_day_without_a_board_lists_the_days_that_have_one() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Board(People.Board, Today.AddDays(-3)), 404);
            Assert.Equal(site.Days.Reverse().Select(Text), await reader.TextsAsync(".days a"));
            await reader.FollowAsync(reader.Link(Text(Before)));
            Assert.Equal(Addresses.Board(People.Board, Before), reader.Path);
        });

    [BrowserFact]
    public Task An_unknown_board_and_a_wrong_day_say_so() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Board("network:nowhere"), 404);
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("There is no such board");
            await reader.GoAsync($"{Board}?date=tomorrow", 400);
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Something in the address is not understood");
        });

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
