using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /?q=</c>: what this is, who leads, all boards, and a search.</summary>
/// <remarks>
/// The route is the host's only way to say "the root": an empty one would become the function's name. The host's own page must be switched
/// off, by the setting <c>AzureWebJobsDisableHomepage</c>.
/// </remarks>
public sealed class GetStartPage(PageEndpoint pages, BoardQueries boards, ProfileQueries profiles, AccountForms forms, PublicUrl url)
{
    private const int LeadersShown = 5;
    private const int FoundShown = 20;
    private const int MaxQuery = 300;

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetStartPage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request
    )
    {
        var (query, cancellationToken) = (request.Query["q"].ToString().Trim(), request.HttpContext.RequestAborted);
        // Longer than any id: nobody is called so.
        var isWhole = query.Length <= MaxQuery;
        if (!isWhole)
            query = query[..MaxQuery];
        if (
            isWhole
            && query.Contains(':', StringComparison.Ordinal)
            && forms.TryParse(query, out var account, out _)
            && await profiles.FindAsync(account, cancellationToken) is { } card
        )
            return new Reply(StatusCodes.Status303SeeOther, [], "text/plain").With(
                "Location",
                url.BaseOf(request) + PageEndpoint.InLanguageOf(request, Addresses.Profile(card.Id))
            );
        var top = await boards.FindFreshAsync("global", null, BoardQueries.MaxTop, default, cancellationToken);
        // A search is its own; without one all readers see the same.
        var isSame = query.Length == 0 && top is not null;
        // One rendering is for all who ask at once: a reader who leaves does not end it.
        return await pages.PageAsync(
            request,
            new PageAddress(Addresses.Home, ("q", query)),
            isSame ? top!.Value : new object(),
            isSame ? top!.FreshSeconds : 0,
            async c =>
                await PageEndpoint.Renderer.HomeAsync(ModelOf(await boards.ListAsync(CancellationToken.None), top?.Value.Page, query), c)
        );
    }

    private static HomeModel ModelOf(BoardList list, BoardPage? top, string query) =>
        new(
            query.Length == 0 ? list.Leaderboards : [.. list.Leaderboards.Where(b => Holds(b.Board, query))],
            top is null ? null : (top with { Rows = [.. top.Rows.Take(LeadersShown)] }).Rounded(),
            query,
            query.Length == 0
                ? null
                :
                [
                    .. (top?.Rows ?? [])
                        .Where(r => r.Id.Contains(':', StringComparison.Ordinal))
                        .Where(r => Holds(r.Id, query) || Holds(r.Name, query))
                        .Take(FoundShown),
                ]
        );

    private static bool Holds(string? text, string query) => text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true;
}
