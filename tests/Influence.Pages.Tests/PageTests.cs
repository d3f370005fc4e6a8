namespace Influence.Pages.Tests;

/// <summary>What single pages show.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task A_row_shows_rank_score_change_and_places()
    {
        var row = (await Pages.ParseAsync("board")).QuerySelectorAll(".rows tbody tr")[2];

        Assert.Equal("3", row.Children[0].TextContent);
        Assert.Contains("Mira Söderström", row.Children[1].TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Pages.BasePath}/profiles/discourse%3Aforum.example.org%2Fmira", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("57.58", row.Children[2].TextContent);
        Assert.Equal("−0.37 points down", row.Children[3].TextContent);
        Assert.Equal("as before", row.Children[4].TextContent);
        Assert.StartsWith("30 days: from ", row.QuerySelector("svg")!.GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_without_a_place_before_is_new_unless_it_is_the_first_day()
    {
        var first = Samples.Row(0) with { Move = null, Change = null };
        var page = Samples.Board(rows: 1) with { Rows = [first] };

        Assert.Equal("new", await PlaceOf(page));
        Assert.Equal("", await PlaceOf(page with { Before = null }));

        static async Task<string> PlaceOf(BoardPage page) =>
            Pages
                .Parse(await Pages.Renderer.BoardAsync(Samples.BoardOf(page), Pages.Context()))
                .QuerySelector(".rows tbody tr")!
                .Children[4]
                .TextContent;
    }

    [Theory]
    [InlineData("movers", "Gain in 7 days", "Score")]
    [InlineData("week:github", "Change", "Score of the gain")]
    [InlineData("topic:rust", "Change", "Score")]
    public async Task Columns_say_what_a_board_ranks_by(string board, string change, string score)
    {
        var page = await Pages.Renderer.BoardAsync(Samples.BoardOf(Samples.Board(board, 2)), Pages.Context());

        var heads = Pages.Parse(page).QuerySelectorAll(".rows thead th").Select(h => h.TextContent).ToArray();
        Assert.Equal(score, heads[2]);
        Assert.Equal(change, heads[3]);
    }

    [Theory]
    [InlineData("global", "Everybody")]
    [InlineData("week:github", "This week on github")]
    [InlineData("topic:a:b", "Topic a:b")]
    [InlineData("community:שלום", "Community שלום")]
    [InlineData("topic", "Board topic")]
    [InlineData("global:x", "Board global:x")]
    public async Task A_board_is_titled_in_words(string board, string title)
    {
        var page = await Pages.Renderer.BoardAsync(Samples.BoardOf(Samples.Board(board, 1)), Pages.Context());

        Assert.Equal(title, Pages.Parse(page).QuerySelector("h1")!.TextContent.Trim());
    }

    [Fact]
    public async Task An_empty_board_says_how_one_gets_on_it() =>
        Assert.Contains("An account gets here as soon as", await MainOf("empty board"), StringComparison.Ordinal);

    [Fact]
    public async Task A_search_marks_the_place_and_keeps_the_day()
    {
        var document = await Pages.ParseAsync("board around");

        Assert.Equal(2, document.QuerySelectorAll("tr.me").Length);
        Assert.Contains("Rank 1 of 4,321", document.QuerySelector(".around")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("provisional", document.QuerySelector(".around")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-11-26", document.QuerySelector("input[type=hidden][name=date]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_profile_shows_its_score_and_all_its_parts()
    {
        var document = await Pages.ParseAsync("profile", Pages.Context(path: "/profiles/github%3Aada"));

        Assert.StartsWith("28.42", document.QuerySelector(".number")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(20, document.QuerySelectorAll(".people tbody tr").Length);
        Assert.Equal(
            ["−1.66", "+1.55", "−0.48", "+0.72", "−0.94"],
            document.QuerySelectorAll(".parts tbody td:nth-child(2)").Select(d => d.TextContent)
        );
        Assert.Equal("−0.80", document.QuerySelector(".parts tfoot td")!.TextContent);
        Assert.Equal("https://scores.example.org/influence/profiles/github%3Aada/image.png", Meta(document, "og:image"));
        Assert.Equal("https://scores.example.org/influence/profiles/github%3Aada", Meta(document, "og:url"));
        Assert.Contains("28.42", Meta(document, "og:title"), StringComparison.Ordinal);
        var oembed = document.QuerySelector("link[type='application/json+oembed']")!.GetAttribute("href");
        Assert.Equal(
            $"{Pages.PublicRoot}/oembed?url=https%3A%2F%2Fscores.example.org%2Finfluence%2Fprofiles%2Fgithub%253Aada&format=json",
            oembed
        );
        Assert.NotNull(document.QuerySelector($"a[href='{Pages.BasePath}/api/v1/profiles/github%3Aada/explanation']"));
    }

    [Fact]
    public async Task A_change_whose_parts_are_too_small_to_show_has_no_table()
    {
        var profile = Samples.Profile();
        var still = profile.Explanation!.Change with { Points = 0, Reach = 0, Depth = 0, Voice = 0, Audience = 0.001, Settlement = 0 };
        var page = await Pages.Renderer.ProfileAsync(
            profile with
            {
                Explanation = profile.Explanation with { Change = still },
            },
            Pages.Context()
        );

        Assert.Null(Pages.Parse(page).QuerySelector(".parts"));
    }

    [Fact]
    public async Task A_profile_that_wants_no_badge_has_none()
    {
        var document = await Pages.ParseAsync("profile without a badge");

        Assert.Null(document.QuerySelector("#snippets"));
        Assert.Null(document.QuerySelector("meta[property='og:image']"));
        Assert.Null(document.QuerySelector("link[type='application/json+oembed']"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://plain.example")]
    [InlineData("//elsewhere.example")]
    public async Task A_page_of_a_profile_that_is_not_https_is_not_linked(string url)
    {
        var page = await Pages.Renderer.ProfileAsync(Samples.Profile(Samples.Card() with { Url = url }), Pages.Context());

        Assert.Empty(Pages.Parse(page).QuerySelectorAll("a[rel~=ugc]"));
    }

    [Fact]
    public async Task An_account_that_only_engages_is_shown_with_what_it_does()
    {
        var main = await MainOf("profile that only engages");

        Assert.Contains("so it has no score of its own yet", main, StringComparison.Ordinal);
        Assert.Contains("1,234", main, StringComparison.Ordinal);
        Assert.DoesNotContain("of 100", main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task German_says_sentences_by_their_codes_and_marks_what_stays_English()
    {
        var document = await Pages.ParseAsync("profile", Pages.Context("de"));

        var text = document.QuerySelector("main")!.TextContent;
        Assert.Contains("Sie beruht auf", text.Replace("Er beruht auf", "Sie beruht auf"), StringComparison.Ordinal);
        Assert.Contains("Seit dem Ende des 2026-11-19 bewegte er sich um −0.80 Punkte.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Their own voices", text, StringComparison.Ordinal);
        Assert.Equal("A sentence that only English has.", document.QuerySelector("p[lang=en]")!.TextContent);
    }

    [Theory]
    [InlineData("unknown_profile", 404, "Check how the id is written")]
    [InlineData("unknown_leaderboard", 404, "Choose one of the boards")]
    [InlineData("invalid_account", 400, "search again")]
    [InlineData("invalid_parameter", 400, "Days are written like")]
    [InlineData("anything", 400, "Go back")]
    [InlineData("key_required", 401, "Ask the operator")]
    [InlineData("anything", 404, "begin at the first page")]
    [InlineData("erased_account", 410, "begin at the first page")]
    [InlineData("anything", 418, "Go back")]
    [InlineData("too_many_requests", 429, "Wait a minute")]
    [InlineData("internal", 500, "Load the page again")]
    [InlineData("unavailable", 503, "Load the page again in a moment")]
    [InlineData("anything", 507, "Load the page again")]
    public async Task A_problem_says_what_to_do(string code, int status, string advice)
    {
        foreach (var language in Languages.All)
        {
            var page = Pages.Parse(await Pages.Renderer.ProblemAsync(new(status, code, null, null), Pages.Context(language)));
            Assert.NotEqual("", page.QuerySelector(".lead")!.TextContent);
            if (language == "en")
                Assert.Contains(advice, page.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_board_without_that_day_lists_the_days_it_has()
    {
        var document = await Pages.ParseAsync("board of no such day");

        Assert.Equal(60, document.QuerySelectorAll(".days a").Length);
        Assert.Equal($"{Pages.BasePath}/boards/topic%3Ac%23?date=2026-11-26", document.QuerySelector(".days a")!.GetAttribute("href"));
        Assert.Contains("And 340 more, back to 2025-10-23", document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_of_the_address_is_kept_by_links_and_forms()
    {
        var document = await Pages.ParseAsync("board", Pages.Context("de", "/boards/global?lang=de&date=2026-11-26"));

        Assert.All(
            document.QuerySelectorAll(".rows a, .brand, .pager a"),
            a => Assert.Contains("lang=de", a.GetAttribute("href"), StringComparison.Ordinal)
        );
        Assert.All(document.QuerySelectorAll("form"), f => Assert.Equal("de", f.QuerySelector("input[name=lang]")!.GetAttribute("value")));
        Assert.Equal($"{Pages.PublicRoot}/boards/global", document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(
            $"{Pages.BasePath}/boards/global?date=2026-11-26&lang=en",
            document.QuerySelector("footer a[hreflang=en]")!.GetAttribute("href")
        );
    }

    [Fact]
    public async Task A_language_of_the_reader_leaves_links_short()
    {
        var document = await Pages.ParseAsync("board", Pages.Context("de"));

        Assert.All(
            document.QuerySelectorAll(".rows a, .brand"),
            a => Assert.DoesNotContain("lang=", a.GetAttribute("href"), StringComparison.Ordinal)
        );
        Assert.Empty(document.QuerySelectorAll("input[name=lang]"));
    }

    private static async Task<string> MainOf(string page) => (await Pages.ParseAsync(page)).QuerySelector("main")!.TextContent;

    private static string Meta(IDocument document, string property) =>
        document.QuerySelector($"meta[property='{property}']")!.GetAttribute("content")!;
}
