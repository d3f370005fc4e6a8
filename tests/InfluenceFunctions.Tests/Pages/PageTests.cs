using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace InfluenceFunctions.Tests.Pages;

/// <summary>Pages over HTTP; what they look like and how they are used is seen by the browser's tests.</summary>
[Collection(BoardsCollection.Name)]
public sealed class PageTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/?q=nobody-is-called-so", 200)]
    [InlineData("/how", 200)]
    [InlineData("/how?points1=4&days1=0&vote1=1", 200)]
    [InlineData("/policy?utm_source=x", 200)]
    [InlineData("/boards/nothing", 404)]
    [InlineData("/boards/global?date=2001-01-01", 404)]
    [InlineData("/boards/global?date=yesterday", 400)]
    [InlineData("/boards/global?cursor=x", 400)]
    [InlineData("/profiles/net:nobody-at-all", 404)]
    [InlineData("/profiles/nobody", 400)]
    [InlineData("/profiles/net:nobody?since=2001-01-01", 400)]
    public async Task A_page_brings_nothing_of_others_and_keeps_nothing_at_its_reader(string path, int status)
    {
        using var reader = fixture.App.NewClient(key: null);
        var page = await reader.GetAsync(path);
        Assert.Equal(status, (int)page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Superset(new HashSet<string> { "Accept-Language", "Accept-Encoding" }, page.Headers.Vary.ToHashSet());
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("<!DOCTYPE html>", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/how", null, "lang=\"en\"")]
    [InlineData("/how", "fr, de;q=0.8, en;q=0.5", "lang=\"de\"")]
    [InlineData("/how?lang=en", "de", "lang=\"en\"")]
    public async Task A_page_speaks_the_language_that_its_reader_asks_for(string path, string? accept, string expected)
    {
        using var reader = fixture.App.NewClient(key: null);
        if (accept is not null)
            reader.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accept);
        Assert.Contains(expected, await reader.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_pages_are_drawn_with_may_be_kept_for_ever()
    {
        using var reader = fixture.App.NewClient(key: null);
        var page = await reader.GetStringAsync("/");
        foreach (var kind in new[] { "css", "js" })
        {
            var name = page.Split($".{kind}\"")[0].Split('"')[^1] + $".{kind}";
            var asset = await reader.GetAsync(name);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/assets/site.00000000.css")).StatusCode);
    }

    [Fact]
    public async Task A_search_for_an_account_leads_to_its_page_and_one_for_a_name_to_places()
    {
        await PublishAsync("Ann Onymous");
        using var reader = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = fixture.App.Client.BaseAddress,
        };
        var found = await reader.GetAsync($"/?q={net}:a");
        Assert.Equal(HttpStatusCode.SeeOther, found.StatusCode);
        Assert.Equal($"/profiles/{Uri.EscapeDataString($"{net}:a")}", found.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(found.Headers.Location)).StatusCode);
        var german = await reader.GetAsync($"/?q={net}:a&lang=de");
        Assert.EndsWith("?lang=de", german.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains($"{net}:a", await reader.GetStringAsync($"/?q={net}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_can_show_a_profile_unless_it_does_not_want_to()
    {
        await PublishAsync("<b>Ann</b>");
        using var reader = fixture.App.NewClient(key: null);
        var root = fixture.App.Client.BaseAddress!.ToString().TrimEnd('/');
        var page = $"{root}/profiles/{Uri.EscapeDataString($"{net}:a")}";
        var told = (await reader.GetFromJsonAsync($"/oembed?url={Uri.EscapeDataString(page)}&maxwidth=300", ApiJson.Default.OEmbed))!;
        Assert.Equal(("rich", 300), (told.Type, told.Width));
        Assert.DoesNotContain("<b>", told.Html, StringComparison.Ordinal);
        var frame = await reader.GetAsync(WebUtility.HtmlDecode(told.Html.Split('"')[1]));
        Assert.Equal(HttpStatusCode.OK, frame.StatusCode);
        Assert.EndsWith("frame-ancestors *", frame.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var image = await reader.GetAsync($"{page}/image.png");
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47], (await image.Content.ReadAsByteArrayAsync())[..4]);
        Assert.Contains($"{page}/image.png", await reader.GetStringAsync(page), StringComparison.Ordinal);

        var put = await fixture.App.Operator.PutAsync(
            $"/api/v1/profiles/{net}:a",
            new StringContent("{\"badge\":false}", Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/profiles/no-account/embed")).StatusCode);
        var none = await reader.GetAsync($"{page}/embed");
        Assert.EndsWith("frame-ancestors *", none.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var gone in new[] { $"/oembed?url={Uri.EscapeDataString(page)}", $"{page}/embed", $"{page}/image.png" })
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(gone)).StatusCode);
        Assert.DoesNotContain("image.png", await reader.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/oembed", HttpStatusCode.NotFound, "unknown_address")]
    [InlineData("/oembed?url=https://elsewhere.example/profiles/net:a", HttpStatusCode.NotFound, "unknown_address")]
    [InlineData("/oembed?format=xml", HttpStatusCode.NotImplemented, "unknown_format")]
    [InlineData("/oembed?maxwidth=-1", HttpStatusCode.BadRequest, "invalid_parameter")]
    public async Task A_wrong_question_of_another_site_is_a_problem(string path, HttpStatusCode status, string code)
    {
        var answer = await fixture.App.Client.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.ProblemAsync()).Code);
    }

    private async Task PublishAsync(string name)
    {
        var named = $",\"targetName\":\"{name}\"";
        await fixture.App.PostInteractionsAsync(
            Some.Batch(Enumerable.Range(0, 3).Select(i => Some.Interaction($"{net}:{i}", $"{net}:a", extra: named)))
        );
        await fixture.App.DrainAsync();
        await fixture.App.PublishAsync();
    }
}
