namespace Influence.Pages.Tests;

/// <summary>What boards show at their edges: past the end, erased, and of a part of a score.</summary>
public sealed class BoardPageTests
{
    [Theory]
    [InlineData("en", "This page is past the end")]
    [InlineData("de", "Diese Seite liegt hinter dem Ende")]
    public async Task A_page_past_the_end_leads_to_the_first(string language, string title)
    {
        var document = await Pages.ParseAsync("board past its end", Pages.Context(language));

        Assert.Equal(title, document.QuerySelector(".empty h2")!.TextContent);
        Assert.Equal($"{Pages.BasePath}/boards/global", document.QuerySelector(".empty a")!.GetAttribute("href"));
        Assert.Empty(document.QuerySelectorAll("[rel=prev], [rel=next]"));
    }

    [Fact]
    public async Task A_page_past_the_end_of_an_earlier_day_leads_to_the_first_of_that_day()
    {
        var document = await RenderAsync(Samples.BoardOf(Samples.Board(rows: 0)) with { First = 101, IsLatest = false });

        Assert.Equal($"{Pages.BasePath}/boards/global?date=2026-11-26", document.QuerySelector(".empty a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("en", "erased")]
    [InlineData("de", "gelöscht")]
    public async Task Somebody_erased_is_a_word_without_a_link_or_a_circle(string language, string word)
    {
        var document = await Pages.ParseAsync("board with somebody erased", Pages.Context(language));

        var tables = document.QuerySelectorAll(".rows");
        Assert.Equal(2, tables.Length);
        foreach (var who in tables.Select(t => t.QuerySelectorAll("tbody th")[1]))
        {
            Assert.Equal(word, who.TextContent.Trim());
            Assert.Equal(word, who.QuerySelector("i")!.TextContent);
            Assert.Empty(who.QuerySelectorAll("a, .av, small"));
        }
    }

    [Theory]
    [InlineData("hy:erased")]
    [InlineData("Erased")]
    public async Task Only_that_word_stands_for_somebody_erased(string id)
    {
        var page = Samples.Board(rows: 1) with { Rows = [Samples.Row(0) with { Id = id, Name = "erased" }] };
        var document = await RenderAsync(Samples.BoardOf(page));

        Assert.NotNull(document.QuerySelector(".rows tbody a .av"));
    }

    [Theory]
    [InlineData("en", "3 days: from 12.0 to 11.6, lowest 11.6, highest 14.0")]
    [InlineData("de", "3 Tage: von 12.0 auf 11.6, am tiefsten 11.6, am höchsten 14.0")]
    public async Task A_line_tells_first_last_lowest_and_highest(string language, string label)
    {
        var page = Samples.Board(rows: 1) with { Rows = [Samples.Row(0) with { Trend = [12, 14, 11.6] }] };
        var document = await RenderAsync(Samples.BoardOf(page), language);

        Assert.Equal(label, document.QuerySelector(".rows svg")!.GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData("topic:rust", true)]
    [InlineData("community:x", true)]
    [InlineData("week", true)]
    [InlineData("month:github", true)]
    [InlineData("global", false)]
    [InlineData("movers", false)]
    [InlineData("newcomers:github", false)]
    [InlineData("network:github", false)]
    public async Task A_line_of_another_score_than_the_row_s_says_so(string board, bool isWhole)
    {
        foreach (var (language, whole, own) in Titles)
        {
            var document = await RenderAsync(Samples.BoardOf(Samples.Board(board, 2)), language);
            Assert.Equal(isWhole ? whole : own, document.QuerySelectorAll(".rows thead th")[5].TextContent);
        }
    }

    [Fact]
    public void A_row_s_days_are_read_once()
    {
        // A reading is a copy: of so many days it outweighs all else of a page.
        const int Days = 500_000;
        const int Size = Days * sizeof(double);
        var page = Samples.Board(rows: 1) with { Rows = [Samples.Row(0) with { Trend = new double[Days] }] };
        var model = Samples.BoardOf(page);
        Assert.True(Pages.Renderer.BoardAsync(model, Pages.Context()).IsCompletedSuccessfully);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rendered = Pages.Renderer.BoardAsync(model, Pages.Context());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(rendered.IsCompletedSuccessfully);
        Assert.InRange(allocated, Size, 2 * Size - 1);
    }

    private static readonly (string Language, string Whole, string Own)[] Titles =
    [
        ("en", "Whole score, 30 days", "Last 30 days"),
        ("de", "Ganzer Wert, 30 Tage", "Letzte 30 Tage"),
    ];

    private static async Task<IDocument> RenderAsync(BoardModel model, string language = "en") =>
        Pages.Parse(await Pages.Renderer.BoardAsync(model, Pages.Context(language)));
}
