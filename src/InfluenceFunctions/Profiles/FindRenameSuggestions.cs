using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>GET /api/v1/profiles/suggestions</c>: accounts that may be one person's, for an operator to decide.</summary>
/// <remarks>
/// Its name comes before <see cref="GetProfile"/> in the alphabet: Azure's host tries routes in the order of names, and <c>suggestions</c>
/// would be an id there.
/// </remarks>
public sealed class FindRenameSuggestions(RenameSuggestions suggestions)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(FindRenameSuggestions))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/profiles/suggestions")] HttpRequest request
    ) =>
        Reply
            .Json(
                StatusCodes.Status200OK,
                await suggestions.ListAsync(request.HttpContext.RequestAborted),
                ApiJson.Readable.RenameSuggestionList
            )
            .With("Cache-Control", "no-store");
}
