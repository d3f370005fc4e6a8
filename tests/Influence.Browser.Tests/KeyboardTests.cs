namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class KeyboardTests(SiteFixture site)
{
    private const int MostStops = 600;

    // Where the keyboard is: an index among all that can be reached, and whether a reader sees it there.
    private const string Where = """
        () => {
            const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
                .filter(e => e.checkVisibility());
            const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
            const isSeen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                && box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth;
            return [all.indexOf(here), isSeen ? 1 : 0, all.length];
        }
        """;

    [BrowserFact]
    public Task The_first_stop_skips_to_the_content() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.Board(People.Board));
            await reader.Page.Keyboard.PressAsync("Tab");
            await Expect(reader.Link("Skip to the content")).ToBeFocusedAsync();
            await Expect(reader.Link("Skip to the content")).ToBeInViewportAsync();
            await reader.Page.Keyboard.PressAsync("Enter");
            await Expect(reader.Page.Locator("main")).ToBeFocusedAsync();
            await reader.Page.Keyboard.PressAsync("Tab");
            await Expect(reader.Page.Locator("#around")).ToBeFocusedAsync();
        });

    [BrowserTheory]
    [InlineData("/")]
    [InlineData("/boards/topic:tea")]
    [InlineData("/profiles/crowd:ada")]
    [InlineData("/how")]
    [InlineData("/policy")]
    public Task All_can_be_reached_by_keys_and_is_seen_there(string path) =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(path);
            var reached = new HashSet<int>();
            for (var stop = 1; ; stop++)
            {
                Assert.True(stop < MostStops, $"After {stop} presses of Tab the page has still no end.");
                await reader.Page.Keyboard.PressAsync("Tab");
                var at = await reader.Page.EvaluateAsync<int[]>(Where);
                // A field for a day has a stop for each of its parts; past the last stop the window itself has the keys.
                if (at[0] < 0)
                    break;
                Assert.True(at[1] == 1, $"Nobody sees that stop {at[0]} of {path} has the keys.");
                if (reached.Add(at[0]) && reached.Count == at[2])
                    break;
            }

            var all = await reader.Page.EvaluateAsync<int[]>(Where);
            Assert.Equal(Enumerable.Range(0, all[2]), reached.Order());
        });
}
