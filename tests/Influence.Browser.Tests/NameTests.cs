namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class NameTests(SiteFixture site)
{
    private const int Narrowest = 320;

    public static TheoryData<string> Pages =>
        [
            "/",
            Addresses.Board("global"),
            Addresses.Board(People.Board),
            Addresses.How,
            Addresses.Policy,
            .. People.Named.Select(p => Addresses.Profile(p.Id)),
            Addresses.Profile(People.OnlyEngages),
            Addresses.Profile(People.Bot),
        ];

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public Task No_name_makes_a_page_wider_than_a_small_phone(string path) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(path);
                await reader.AssertFitsAsync();
                foreach (var details in await reader.Page.Locator("details > summary").AllAsync())
                    await details.ClickAsync();
                await reader.AssertFitsAsync();
                await reader.GoAsync($"{path}?lang=de");
                await reader.AssertFitsAsync();
            },
            new()
            {
                ViewportSize = new() { Width = Narrowest, Height = 640 },
            }
        );

    [BrowserFact]
    public Task A_name_that_is_a_script_stays_a_name() =>
        site.ReadAsync(async reader =>
        {
            foreach (var (id, name) in People.Named.Where(p => p.Name is People.Script or People.Handler))
            {
                await reader.GoAsync(Addresses.Board(People.Board));
                await Expect(reader.Link(name)).ToHaveCountAsync(1);
                await reader.FollowAsync(reader.Link(name));
                Assert.Equal(Addresses.Profile(id), reader.Path);
                await Expect(reader.Page.Locator("h1")).ToHaveTextAsync(name);
                // The site's own script is the only one, and there is no picture at all.
                await Expect(reader.Page.Locator("script")).ToHaveCountAsync(1);
                await Expect(reader.Page.Locator("img")).ToHaveCountAsync(0);
            }
        });

    [BrowserFact]
    public async Task A_name_that_became_markup_would_still_not_run()
    {
        await using var reader = await Reader.OpenAsync(site.Browser, site.Address, new());
        await reader.GoAsync(Addresses.Board(People.TopicBoard));
        await reader.Page.EvaluateAsync("() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(2)>')");
        await Eventually.HoldsAsync(
            "the browser refused to run it",
            () => reader.Faults.Any(f => f.Contains("inline event handler", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(reader.Faults, f => f.StartsWith("a dialog", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Exception>(reader.AssertCleanAsync);
    }

    [BrowserTheory]
    [InlineData(People.Hebrew, "rtl")]
    [InlineData(People.Arabic, "rtl")]
    [InlineData(People.Emoji, "ltr")]
    public Task A_name_of_any_script_keeps_its_own_direction(string name, string direction) =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Board(People.Board));
            await Expect(reader.Link(name)).ToHaveCountAsync(1);
            await reader.FollowAsync(reader.Link(name));
            await Expect(reader.Page.Locator("h1 bdi")).ToHaveTextAsync(name);
            await Expect(reader.Page.Locator($"h1 bdi:dir({direction})")).ToHaveCountAsync(1);
            Assert.Contains(name, await reader.Page.TitleAsync(), StringComparison.Ordinal);
        });
}
