using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>DELETE /api/v1/profiles/suggestions/{id}</c>: two accounts are not one person's, or are linked by now.</summary>
public sealed class DismissRenameSuggestion(RenameSuggestions suggestions)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(DismissRenameSuggestion))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "v1/profiles/suggestions/{id}")] HttpRequest request,
        string id
    ) =>
        await suggestions.RemoveAsync(id, request.HttpContext.RequestAborted)
            ? new StatusCodeResult(StatusCodes.Status204NoContent)
            : Reply.Problem(StatusCodes.Status404NotFound, "unknown_suggestion", "There is no suggestion of this id.");
}
