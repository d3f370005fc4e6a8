using System.Net;
using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /oembed?url=&amp;maxwidth=&amp;format=json</c>: how another site shows a profile's page (oEmbed 1.0).</summary>
public sealed class GetOEmbed(ProfileQueries profiles, AccountForms forms, PublicUrl url)
{
    private const int Width = 340;
    private const int Height = 150;
    private const string PathOfProfiles = "/profiles/";

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetOEmbed))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "oembed")] HttpRequest request
    )
    {
        if (request.Query["format"].ToString() is not ("" or "json"))
            return Reply.Problem(StatusCodes.Status501NotImplemented, "unknown_format", "'format' must be json.");
        if (!BoardQuery.TryReadNumber(request.Query["maxwidth"], Width, 1, int.MaxValue, out var width))
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", "'maxwidth' must be a whole number of pixels.");
        var root = url.RootOf(request);
        if (!Uri.TryCreate(request.Query["url"], UriKind.Absolute, out var asked) || IdOf(asked, root) is not { } id)
            return Reply.Problem(
                StatusCodes.Status404NotFound,
                "unknown_address",
                $"'url' must be the address of a profile's page here, such as {root}/profiles/github:octocat."
            );
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        if (await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted) is not { Value.Badge: not false } found)
            return AccountParameter.Unknown();
        return Reply
            .Json(StatusCodes.Status200OK, Of(found.Value, root, Math.Min(width, Width)), ApiJson.Readable.OEmbed)
            .KeptFor(Math.Max(300, found.FreshSeconds));
    }

    private static OEmbed Of(ScoreCard card, string root, int width)
    {
        var title = $"{card.Name ?? card.Id}: {BadgeEndpoint.TextOf(card)}";
        var (frame, text) = (WebUtility.HtmlEncode($"{root}{Addresses.Embed(card.Id)}"), WebUtility.HtmlEncode(title));
        return new OEmbed(
            "1.0",
            "rich",
            title,
            "InfluenceFunctions",
            root,
            $"<iframe src=\"{frame}\" width=\"{width}\" height=\"{Height}\" title=\"{text}\" loading=\"lazy\"></iframe>",
            width,
            Height
        );
    }

    // The route value of a profile's page, as the host hands it over: decoded but for %2F.
    private static string? IdOf(Uri asked, string root)
    {
        if (!asked.AbsoluteUri.StartsWith(root + PathOfProfiles, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = asked.GetLeftPart(UriPartial.Path)[(root.Length + PathOfProfiles.Length)..];
        return path.Length == 0 || path.Contains('/', StringComparison.Ordinal)
            ? null
            : Uri.UnescapeDataString(path.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
    }
}
