namespace Influence.Pages.Tests;

/// <summary>The start page of a large site, frames on other sites, and a site that is closed.</summary>
public sealed class SmallPageTests
{
    [Theory]
    [InlineData("en", "more: search for a name.")]
    [InlineData("de", "weitere: nach einem Namen suchen.")]
    public async Task Thirty_boards_of_a_group_are_listed_and_the_rest_is_counted(string language, string more)
    {
        var document = await Pages.ParseAsync("home with many boards", Pages.Context(language));

        Assert.Equal([5, 30, 30, 30, 30], document.QuerySelectorAll(".tiles").Select(t => t.Children.Length));
        // Of networks, topics, communities and others: 1,250 each, and the few that every site has.
        Assert.Equal(
            new[] { "1,222", "1,221", "1,221", "1,221" }.Select(n => $"{n} {more}"),
            document.QuerySelectorAll(".tiles + .hint").Select(h => h.TextContent)
        );
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task A_group_of_thirty_is_whole(int boards, bool hasMore)
    {
        BoardDays[] topics = [.. Enumerable.Range(0, boards).Select(i => new BoardDays($"topic:{i}", Samples.Today, [Samples.Today]))];
        var document = Pages.Parse(await Pages.Renderer.HomeAsync(new(topics, null, null, null), Pages.Context()));

        Assert.Equal(30, document.QuerySelectorAll(".tiles li").Length);
        Assert.Equal(hasMore ? "1 more: search for a name." : null, document.QuerySelector(".tiles + .hint")?.TextContent);
    }

    [Fact]
    public async Task A_start_page_of_five_thousand_boards_is_small()
    {
        var page = await Pages.All["home with many boards"](Pages.Context());

        Assert.InRange(Compressed.SizeOf(page), 1000, 60 * 1024);
    }

    [Theory]
    [InlineData("en", "There is no card here")]
    [InlineData("de", "Hier ist keine Karte")]
    public async Task A_frame_without_a_card_is_bare_and_says_so(string language, string title)
    {
        var document = await Pages.ParseAsync("no card", Pages.Context(language, "/profiles/github%3Agone/embed"));

        Assert.Equal(title, document.QuerySelector("main h1")!.TextContent);
        Assert.NotEqual("", document.QuerySelector("main small")!.TextContent);
        Assert.True(document.Body!.ClassList.Contains("embed"));
        Assert.Empty(document.QuerySelectorAll("header, footer, nav, a"));
        Assert.DoesNotContain("gone", document.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frame_to_copy_is_as_large_as_the_card()
    {
        var codes = (await Pages.ParseAsync("profile")).QuerySelectorAll(".snippet code").Select(c => c.TextContent);

        Assert.Equal((340, 150), (EmbedSize.Width, EmbedSize.Height));
        Assert.Single(
            codes,
            c => c.Contains("/embed\"", StringComparison.Ordinal) && c.Contains("width=\"340\" height=\"150\"", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("en", "This site is closed to readers without a key", "a proxy that adds it")]
    [InlineData("de", "Diese Website ist ohne Schlüssel nicht zugänglich", "einen Proxy, der sie ergänzt")]
    public async Task A_closed_site_says_how_it_is_read(string language, string title, string way)
    {
        var document = await Pages.ParseAsync("closed to readers", Pages.Context(language));

        Assert.Equal(title, document.QuerySelector("h1")!.TextContent);
        var advice = document.QuerySelector(".lead")!.TextContent;
        Assert.Contains("x-functions-key", advice, StringComparison.Ordinal);
        Assert.Contains(way, advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "in a moment")]
    [InlineData("de", "gleich noch einmal")]
    public async Task A_busy_site_says_to_try_again(string language, string when)
    {
        var page = await Pages.Renderer.ProblemAsync(new(503, "storage_unavailable", null, null), Pages.Context(language));

        Assert.Contains(when, Pages.Parse(page).QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
    }
}
