namespace Influence.Pages.Tests;

/// <summary>A page names one address of its own, whatever was typed.</summary>
public sealed class CanonicalTests
{
    private const string Typed = "?cursor=100-0123&date=2026-11-26&since=2026-11-01&points1=4&lang=de";

    [Theory]
    [InlineData("home", "/")]
    [InlineData("board", "/boards/global")]
    [InlineData("board of movers", "/boards/movers%3Agithub")]
    [InlineData("board past its end", "/boards/global")]
    [InlineData("profile", "/profiles/github%3Aada")]
    [InlineData("profile with a hostile name", "/profiles/hy%3A%22%3E%3Cb%3E")]
    [InlineData("how with nonsense", "/how")]
    [InlineData("policy", "/policy")]
    public async Task A_page_names_its_own_address(string page, string path)
    {
        var document = await Pages.ParseAsync(page, Pages.Context("de", "/typed/otherwise" + Typed));

        Assert.Equal(Pages.PublicRoot + path, document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(
            Languages.All.Select(l => $"{Pages.PublicRoot}{path}?lang={l}"),
            document.QuerySelectorAll("link[rel=alternate][hreflang]").Select(l => l.GetAttribute("href"))
        );
        if (document.QuerySelector("meta[property='og:url']") is { } shared)
            Assert.Equal(Pages.PublicRoot + path, shared.GetAttribute("content"));
        // The reader stays where they are.
        Assert.Equal(
            $"{Pages.BasePath}/typed/otherwise{Typed.Replace("lang=de", "lang=en", StringComparison.Ordinal)}",
            document.QuerySelector("footer a[hreflang=en]")!.GetAttribute("href")
        );
    }

    [Fact]
    public async Task A_board_of_an_earlier_day_names_the_day()
    {
        var model = Samples.BoardOf(Samples.Board("topic:c#", 3)) with { IsLatest = false, First = 101 };
        var page = Pages.Parse(await Pages.Renderer.BoardAsync(model, Pages.Context(path: "/boards/topic%3ac%23" + Typed)));

        const string Own = $"{Pages.PublicRoot}/boards/topic%3Ac%23?date=2026-11-26";
        Assert.Equal(Own, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(Own, page.QuerySelector("meta[property='og:url']")!.GetAttribute("content"));
        Assert.Equal($"{Own}&lang=de", page.QuerySelector("link[hreflang=de]")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("search")]
    [InlineData("board around")]
    [InlineData("profile of a bot")]
    [InlineData("embed")]
    [InlineData("no card")]
    [InlineData("unknown profile")]
    public async Task A_page_that_is_not_to_be_found_names_none(string page)
    {
        var document = await Pages.ParseAsync(page);

        Assert.Equal("noindex", document.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Empty(document.QuerySelectorAll("link[rel=canonical], link[hreflang]"));
    }
}
