using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InfluenceFunctions.Pages;

/// <summary>What all pages do alike: context of the request, headers, and a cache of what was rendered.</summary>
public sealed class PageEndpoint(PublicUrl url, RenderedPages rendered)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Png = "image/png";
    private const string SameSite = "'self'";
    private const string AnySite = "*";

    // Nothing of others, no script and no style in the page itself, no form to elsewhere.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    // Parameters that pages know. All others, such as a campaign's, are no part of a page's address.
    private static readonly string[] Known = ["around", "cursor", "date", "lang", "q", "since"];

    /// <summary>Renders all pages.</summary>
    internal static PageRenderer Renderer { get; } = new();

    /// <summary>A page that is rendered once for as long as its content counts.</summary>
    /// <param name="request">The request.</param>
    /// <param name="source">What it is rendered of: the same object renders the same page.</param>
    /// <param name="freshSeconds">For how many seconds more it counts.</param>
    /// <param name="render">Renders it.</param>
    internal Task<Reply> PageAsync(HttpRequest request, object source, int freshSeconds, Func<PageContext, Task<byte[]>> render) =>
        RenderAsync(request, source, freshSeconds, render, SameSite);

    /// <summary>The same, which other sites may show in a frame.</summary>
    internal Task<Reply> FrameAsync(HttpRequest request, object source, int freshSeconds, Func<PageContext, Task<byte[]>> render) =>
        RenderAsync(request, source, freshSeconds, render, AnySite);

    /// <summary>A picture, drawn once for as long as its content counts.</summary>
    /// <remarks>Those who show it ask again at most every five minutes.</remarks>
    internal async Task<Reply> ImageAsync(HttpRequest request, object source, int freshSeconds, Func<string, byte[]> draw)
    {
        var context = ContextOf(request) with { Path = request.Path };
        var body = await rendered.GetAsync(source, context, freshSeconds, c => Task.FromResult(draw(c.Language)));
        return new Reply(StatusCodes.Status200OK, body, Png).With("Vary", "Accept-Language").KeptFor(Math.Max(freshSeconds, 300));
    }

    /// <summary>A page that says what went wrong.</summary>
    internal async Task<Reply> ProblemAsync(HttpRequest request, ProblemModel problem) =>
        With(new Reply(problem.Status, await Renderer.ProblemAsync(problem, ContextOf(request)), Html), SameSite)
            .With("Cache-Control", "no-store");

    private async Task<Reply> RenderAsync(
        HttpRequest request,
        object source,
        int freshSeconds,
        Func<PageContext, Task<byte[]>> render,
        string ancestors
    )
    {
        var body = await rendered.GetAsync(source, ContextOf(request), freshSeconds, render);
        return With(new Reply(StatusCodes.Status200OK, body, Html), ancestors).KeptFor(freshSeconds);
    }

    private PageContext ContextOf(HttpRequest request)
    {
        var query = new QueryBuilder();
        foreach (var name in Known)
            if (request.Query[name] is [{ Length: > 0 } value, ..])
                query.Add(name, value);
        return new(
            url.BaseOf(request),
            url.RootOf(request),
            $"{request.Path.ToUriComponent()}{query}",
            Languages.Choose(request.Query["lang"], request.Headers.AcceptLanguage)
        );
    }

    private static Reply With(Reply reply, string ancestors) =>
        reply.With("Content-Security-Policy", Policy + ancestors).With("Referrer-Policy", "same-origin").With("Vary", "Accept-Language");
}
