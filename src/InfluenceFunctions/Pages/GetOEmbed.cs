using System.Net;
using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /oembed?url=&amp;maxwidth=&amp;format=json</c>: how another site shows a profile (oEmbed 1.0).</summary>
public sealed class GetOEmbed(ProfileQueries profiles, AccountForms forms, PublicUrl url)
{
    // A card elsewhere: those who show it ask again when this is over.
    private const int LeastSeconds = 300;
    private const string PathOfProfiles = "/profiles/";

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetOEmbed))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "oembed")] HttpRequest request
    )
    {
        if (request.Query["format"].ToString() is not ("" or "json"))
            return Reply.Problem(StatusCodes.Status501NotImplemented, "unknown_format", "'format' must be json.");
        if (
            !BoardQuery.TryReadNumber(request.Query["maxwidth"], EmbedSize.Width, 1, int.MaxValue, out var width)
            || !BoardQuery.TryReadNumber(request.Query["maxheight"], EmbedSize.Height, 1, int.MaxValue, out var height)
        )
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                "'maxwidth' and 'maxheight' must be whole numbers of pixels, at least 1."
            );
        var root = url.RootOf(request);
        if (!Uri.TryCreate(request.Query["url"], UriKind.Absolute, out var asked) || IdOf(asked, root) is not { } id)
            return Reply.Problem(
                StatusCodes.Status404NotFound,
                "unknown_address",
                $"'url' must be the address of a profile's page here, such as {root}/profiles/github:octocat."
            );
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        if (await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted) is not { } found)
            return AccountParameter.Unknown();
        if (found.Value.Badge == false)
            return BadgeEndpoint.None();
        var (card, size) = (found.Value, (Math.Min(width, EmbedSize.Width), Math.Min(height, EmbedSize.Height)));
        return Reply
            .Json(StatusCodes.Status200OK, Of(card, root, size), ApiJson.Readable.OEmbed)
            .KeptFor(Math.Max(LeastSeconds, found.FreshSeconds));
    }

    private static OEmbed Of(ScoreCard card, string root, (int Width, int Height) size)
    {
        var title = $"{card.Name ?? card.Id}: {BadgeEndpoint.TextOf(card)}";
        var (frame, text) = (WebUtility.HtmlEncode($"{root}{Addresses.Embed(card.Id)}"), WebUtility.HtmlEncode(title));
        return new OEmbed(
            "1.0",
            "rich",
            title,
            "InfluenceFunctions",
            root,
            $"<iframe src=\"{frame}\" width=\"{size.Width}\" height=\"{size.Height}\" title=\"{text}\" loading=\"lazy\"></iframe>",
            size.Width,
            size.Height
        );
    }

    // The route value of a profile's page, as the host hands it over: decoded but for %2F. Behind a proxy the scheme may be another.
    private static string? IdOf(Uri asked, string root)
    {
        var prefix = root[root.IndexOf("//", StringComparison.Ordinal)..] + PathOfProfiles;
        var path = asked.GetLeftPart(UriPartial.Path)[asked.Scheme.Length..].TrimStart(':').TrimEnd('/');
        if (asked.Scheme is not ("http" or "https") || !path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var id = path[prefix.Length..];
        return id.Length == 0 || id.Contains('/', StringComparison.Ordinal)
            ? null
            : Uri.UnescapeDataString(id.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
    }
}
