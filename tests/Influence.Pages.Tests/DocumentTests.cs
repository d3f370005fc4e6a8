using System.Text;
using System.Text.RegularExpressions;

namespace Influence.Pages.Tests;

/// <summary>What holds of every page, whatever is on it.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string, string> Everything
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in Pages.All.Keys)
            foreach (var language in Languages.All)
                data.Add(page, language);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_page_is_one_well_formed_document(string page, string language)
    {
        var bytes = await Pages.All[page](Pages.Context(language));
        var text = Encoding.UTF8.GetString(bytes);

        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        var errors = new List<string>();
        var parser = new AngleSharp.Html.Parser.HtmlParser();
        parser.Error += (_, e) => errors.Add(((AngleSharp.Html.Dom.Events.HtmlErrorEvent)e).ToString() ?? "");
        var document = await parser.ParseDocumentAsync(text, CancellationToken.None);
        Assert.Empty(errors);
        Assert.Equal(language, document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("ltr", document.DocumentElement.GetAttribute("dir"));
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Single(document.QuerySelectorAll("main"));
        Assert.NotEqual("", document.Title);
        // Nothing was moved out of a place where it may not be.
        Assert.Empty(document.QuerySelectorAll("p p, a a, button button, form form, span div, span h1, p div, p form"));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Nothing_on_a_page_is_inline_or_foreign(string page, string language)
    {
        var document = await Pages.ParseAsync(page, Pages.Context(language));

        Assert.Empty(document.QuerySelectorAll("style, iframe, object, embed, img, base, link[rel=preconnect]"));
        Assert.DoesNotContain(
            document.All,
            e => e.Attributes.Any(a => a.Name == "style" || a.Name.StartsWith("on", StringComparison.Ordinal))
        );
        // A frame on another site has none.
        var isFrame = page.StartsWith("embed", StringComparison.Ordinal) || page == "no card";
        Assert.Equal(isFrame ? 0 : 1, document.QuerySelectorAll("script").Length);
        Assert.All(
            document.QuerySelectorAll("script"),
            script => Assert.Equal(($"{Pages.BasePath}/assets/{Assets.Script.Name}", ""), (script.GetAttribute("src"), script.TextContent))
        );
        var sheet = Assert.Single(document.QuerySelectorAll("link[rel=stylesheet]"));
        Assert.Equal($"{Pages.BasePath}/assets/{Assets.Style.Name}", sheet.GetAttribute("href"));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Every_link_stays_on_the_site(string page, string language)
    {
        var document = await Pages.ParseAsync(page, Pages.Context(language));

        foreach (var element in document.QuerySelectorAll("[href], [action]"))
        {
            var link = element.GetAttribute("href") ?? element.GetAttribute("action")!;
            var isOwn = link.StartsWith(Pages.BasePath + "/", StringComparison.Ordinal);
            var isAbsolute = link.StartsWith(Pages.PublicRoot + "/", StringComparison.Ordinal);
            // The one link elsewhere is a profile's own page.
            Assert.True(isOwn || isAbsolute || link == "#main" || link == Samples.Card().Url, link);
            Assert.DoesNotMatch("[\"<> ]", link);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Ids_are_unique_and_references_meet(string page, string language)
    {
        var document = await Pages.ParseAsync(page, Pages.Context(language));

        var ids = document.QuerySelectorAll("[id]").Select(e => e.Id!).ToArray();
        Assert.Equal(ids.Distinct().Count(), ids.Length);
        foreach (var name in new[] { "for", "aria-labelledby", "aria-describedby" })
        foreach (var element in document.QuerySelectorAll($"[{name}]"))
        foreach (var id in element.GetAttribute(name)!.Split(' '))
            Assert.Contains(id, ids);
        foreach (var field in document.QuerySelectorAll("input:not([type=hidden])"))
            Assert.Single(document.QuerySelectorAll($"label[for='{field.Id}']"));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Tables_and_charts_say_what_they_are(string page, string language)
    {
        var document = await Pages.ParseAsync(page, Pages.Context(language));

        foreach (var table in document.QuerySelectorAll("table"))
        {
            Assert.NotEqual("", table.QuerySelector("caption")?.TextContent.Trim() ?? "");
            Assert.All(table.QuerySelectorAll("th"), th => Assert.Contains(th.GetAttribute("scope"), new[] { "col", "row" }));
            var columns = table.QuerySelectorAll("thead th, thead td").Length;
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(columns, row.Children.Length));
        }

        foreach (var chart in document.QuerySelectorAll("svg"))
        {
            Assert.True(chart.HasAttribute("width") && chart.HasAttribute("height"), chart.OuterHtml);
            var isHidden = chart.GetAttribute("aria-hidden") == "true" || chart.GetAttribute("role") == "presentation";
            Assert.True(isHidden || chart.HasAttribute("aria-label") || chart.QuerySelector("title, desc") is not null, chart.OuterHtml);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task No_text_of_a_resource_is_left_unfilled(string page, string language)
    {
        var document = await Pages.ParseAsync(page, Pages.Context(language));
        document.QuerySelectorAll("code").ToList().ForEach(c => c.Remove());

        Assert.DoesNotMatch(UnfilledPlace(), document.DocumentElement.TextContent);
        // Two sentences that run into each other: a space was lost.
        Assert.All(document.QuerySelectorAll("p, li, td"), e => Assert.DoesNotMatch(LostSpace(), e.TextContent));
        Assert.DoesNotMatch("NaN|∞|Infinity", document.QuerySelector("main")!.TextContent);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_hostile_name_is_text_and_foreign_text_has_its_own_direction(string page, string language)
    {
        var document = await Pages.ParseAsync(page, Pages.Context(language));

        Assert.Empty(document.QuerySelectorAll("main script, main img, main b"));
        foreach (var text in document.QuerySelector("main")!.Descendants<IText>().Where(t => RightToLeft().IsMatch(t.Data)))
            Assert.Contains(text.Ancestors<IElement>(), e => e.LocalName is "bdi" or "i" or "code" || e.HasAttribute("dir"));
    }

    [Fact]
    public async Task A_board_of_a_hundred_rows_is_small()
    {
        var page = await Pages.All["board"](Pages.Context());

        var size = Compressed.SizeOf(page) + Compressed.SizeOf(Assets.Style.Bytes.Span);
        Assert.InRange(size, 1000, 60 * 1024);
        Assert.InRange(page.Length, 1000, 120 * 1024);
    }

    [Fact]
    public async Task The_same_model_gives_the_same_bytes_on_many_threads()
    {
        var alone = await Pages.All["profile"](Pages.Context("de"));
        var german = Enumerable.Range(0, 8).Select(_ => Task.Run(() => Pages.All["profile"](Pages.Context("de"))));
        var english = Enumerable.Range(0, 8).Select(_ => Task.Run(() => Pages.All["profile"](Pages.Context())));
        var all = await Task.WhenAll(german.Concat(english));

        Assert.All(all.Take(8), bytes => Assert.Equal(alone, bytes));
        Assert.All(all.Skip(8), bytes => Assert.NotEqual(alone, bytes));
    }

    [Fact]
    public async Task A_page_leaves_its_caller_s_culture_alone()
    {
        var (culture, ui) = (System.Globalization.CultureInfo.CurrentCulture, System.Globalization.CultureInfo.CurrentUICulture);
        await Pages.All["home"](Pages.Context("de"));

        Assert.Equal((culture, ui), (System.Globalization.CultureInfo.CurrentCulture, System.Globalization.CultureInfo.CurrentUICulture));
    }

    [GeneratedRegex(@"\{\w+[:|}]", RegexOptions.None, 1000)]
    private static partial Regex UnfilledPlace();

    [GeneratedRegex(@"\p{Ll}[.!?;,]\p{Lu}\p{Ll}", RegexOptions.None, 1000)]
    private static partial Regex LostSpace();

    [GeneratedRegex(@"[\p{IsHebrew}\p{IsArabic}]", RegexOptions.None, 1000)]
    private static partial Regex RightToLeft();
}
