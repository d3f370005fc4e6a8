using Xunit.Abstractions;

namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class LookTests(SiteFixture site, ITestOutputHelper output)
{
    private const string Background = "() => getComputedStyle(document.body).backgroundColor";

    private static readonly (string Name, string Path)[] Pages =
    [
        ("start", "/"),
        ("board", Addresses.Board(People.Board)),
        ("profile", Addresses.Profile(People.Profile)),
        ("how", Addresses.How),
    ];

    public static TheoryData<string, int, ColorScheme> Views
    {
        get
        {
            var views = new TheoryData<string, int, ColorScheme>();
            foreach (var (name, _) in Pages)
            foreach (var width in new[] { 360, 800, 1280 })
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                views.Add(name, width, scheme);
            return views;
        }
    }

    /// <summary>Keeps a picture of every page, for people to look at.</summary>
    [BrowserTheory]
    [MemberData(nameof(Views))]
    public Task A_page_fits_its_window(string name, int width, ColorScheme scheme) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Pages.Single(p => p.Name == name).Path);
                await reader.AssertFitsAsync();
                var file = Path.Combine(TestAzurite.Root, "artifacts", "screenshots", $"{name}-{width}-{scheme}.png");
                await reader.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
                output.WriteLine(file);
            },
            new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
                ColorScheme = scheme,
            }
        );

    [BrowserFact]
    public async Task Light_and_dark_are_the_reader_s_choice()
    {
        var backgrounds = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            await site.ReadAsync(
                async reader =>
                {
                    await reader.GoAsync("/");
                    backgrounds.Add(await reader.Page.EvaluateAsync<string>(Background));
                },
                new() { ColorScheme = scheme }
            );
        Assert.NotEqual(backgrounds[0], backgrounds[1]);
    }

    [BrowserTheory]
    [InlineData(ReducedMotion.Reduce, false)]
    [InlineData(ReducedMotion.NoPreference, true)]
    public Task What_moves_stands_still_for_whoever_asks_for_it(ReducedMotion asked, bool moves) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync("/");
                var durations = await reader.Page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll("*")].flatMap(e => {
                        const style = getComputedStyle(e);
                        return [style.transitionDuration, style.animationDuration, style.scrollBehavior];
                    })
                    """
                );
                Assert.Equal(moves, durations.Any(d => d is not ("0s" or "auto")));
            },
            new() { ReducedMotion = asked }
        );

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task The_place_that_was_asked_for_stands_out(ColorScheme scheme) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync($"{Addresses.Board(People.Board)}?around={People.InTheMiddle}");
                var colours = await reader.Page.EvaluateAsync<string[]>(
                    "() => ['.around', '.around .me'].map(s => getComputedStyle(document.querySelector(s)).backgroundColor)"
                );
                Assert.NotEqual(colours[0], colours[1]);
                await Expect(reader.Page.Locator(".around [aria-current=true]")).ToContainTextAsync(People.InTheMiddle);
            },
            new() { ColorScheme = scheme }
        );

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public Task A_number_is_never_broken(int width) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Addresses.Profile(People.Profile));
                var lines = await reader.Page.EvaluateAsync<double[]>(
                    """
                    () => [...document.querySelectorAll(".formula dt + dd, .figures dd, .number")].map(e => {
                        const range = document.createRange();
                        range.selectNodeContents(e.firstChild);
                        return range.getClientRects().length;
                    })
                    """
                );
                Assert.All(lines, l => Assert.Equal(1, l));
                Assert.True(lines.Length > 5);
            },
            new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
            }
        );
}
