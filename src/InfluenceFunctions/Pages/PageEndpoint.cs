using System.Collections.Frozen;
using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InfluenceFunctions.Pages;

/// <summary>What all pages do alike: context of the request, headers, and a cache of what was rendered.</summary>
public sealed class PageEndpoint(PublicUrl url, RenderedPages rendered)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Png = "image/png";
    private const string Lang = "lang";
    private const int LeastPictureSeconds = 300;

    // Nothing of others, no script and no style in the page itself, no form to elsewhere.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'self'";

    // No script and no form at all; every site may show it.
    private const string FramePolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

    /// <summary>The functions that answer people with HTML, whatever happens.</summary>
    public static FrozenSet<string> Functions { get; } =
        FrozenSet.Create(
            nameof(GetStartPage),
            nameof(GetBoardPage),
            nameof(GetProfilePage),
            nameof(GetProfileFrame),
            nameof(GetHowPage),
            nameof(GetPolicyPage)
        );

    /// <summary>Renders all pages.</summary>
    internal static PageRenderer Renderer { get; } = new();

    /// <summary>A page that is rendered once for as long as its content counts.</summary>
    /// <param name="request">The request.</param>
    /// <param name="address">
    /// The page's path and the parameters that it knows, in one form: others, such as a campaign's, are no part of it.
    /// </param>
    /// <param name="source">What it is rendered of: the same object renders the same page.</param>
    /// <param name="freshSeconds">For how many seconds more it counts.</param>
    /// <param name="render">Renders it.</param>
    internal async Task<Reply> PageAsync(
        HttpRequest request,
        PageAddress address,
        object source,
        int freshSeconds,
        Func<PageContext, Task<byte[]>> render
    ) =>
        With(
                new Reply(
                    StatusCodes.Status200OK,
                    await rendered.GetAsync(source, ContextOf(request, address), freshSeconds, render),
                    Html
                ),
                PagePolicy
            )
            .KeptFor(freshSeconds);

    /// <summary>The card in small, which other sites may show in a frame; one that says so where there is none.</summary>
    internal async Task<Reply> FrameAsync(HttpRequest request, PageAddress address, ScoreCard? card, int freshSeconds)
    {
        var context = ContextOf(request, address);
        if (card is null)
            return With(new Reply(StatusCodes.Status404NotFound, await Renderer.NoCardAsync(context), Html), FramePolicy)
                .With("Cache-Control", "no-store");
        var body = await rendered.GetAsync(card, context, freshSeconds, c => Renderer.EmbedAsync(card.Rounded(), c));
        return With(new Reply(StatusCodes.Status200OK, body, Html), FramePolicy).KeptFor(freshSeconds);
    }

    /// <summary>A picture, drawn once for as long as its content counts.</summary>
    /// <remarks>Those who show it ask again at most every five minutes.</remarks>
    internal async Task<Reply> PictureAsync(HttpRequest request, object source, int freshSeconds, Func<string, byte[]> draw)
    {
        var language = LanguageOf(request);
        var body = await rendered.GetPictureAsync(source, language, freshSeconds, () => draw(language));
        return new Reply(StatusCodes.Status200OK, body, Png)
            .With("Vary", "Accept-Language")
            .KeptFor(Math.Max(freshSeconds, LeastPictureSeconds));
    }

    /// <summary>A page that says what went wrong.</summary>
    internal async Task<Reply> ProblemAsync(HttpRequest request, ProblemModel problem)
    {
        var context = ContextOf(request, new PageAddress(request.Path.ToUriComponent()));
        return With(new Reply(problem.Status, await Renderer.ProblemAsync(problem, context), Html), PagePolicy)
            .With("Cache-Control", "no-store");
    }

    /// <summary>A path with the language that the request names; without one where it names none that there is.</summary>
    internal static string InLanguageOf(HttpRequest request, string path) =>
        IsNamed(request) ? $"{path}?{Lang}={LanguageOf(request)}" : path;

    private PageContext ContextOf(HttpRequest request, PageAddress address)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in address.Parameters)
            if (!string.IsNullOrEmpty(value))
                query.Add(name, value);
        if (IsNamed(request))
            query.Add(Lang, LanguageOf(request));
        return new(url.BaseOf(request), url.RootOf(request), $"{address.Path}{query}", LanguageOf(request));
    }

    private static bool IsNamed(HttpRequest request) => Languages.All.Contains(request.Query[Lang].ToString(), StringComparer.Ordinal);

    private static string LanguageOf(HttpRequest request) => Languages.Choose(request.Query[Lang], request.Headers.AcceptLanguage);

    private static Reply With(Reply reply, string policy) =>
        reply.With("Content-Security-Policy", policy).With("Referrer-Policy", "same-origin").With("Vary", "Accept-Language");
}

/// <summary>Which page it is, below the site's root.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Parameters">What it knows of its query; empty ones are left out.</param>
internal sealed record PageAddress(string Path, params (string Name, string? Value)[] Parameters);
