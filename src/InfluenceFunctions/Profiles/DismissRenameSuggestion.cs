using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>DELETE /api/v1/profiles/suggestions/{id}?reason=</c>: two accounts are not one person's.</summary>
public sealed class DismissRenameSuggestion(RenameSuggestions suggestions, OperatorCalls calls)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(DismissRenameSuggestion))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "api/v1/profiles/suggestions/{id}")] HttpRequest request,
        string id
    )
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        var reason = OperatorCalls.ReasonOf(request, out var wrong);
        if (wrong is not null)
            return wrong;
        if (await suggestions.FindAsync(id, cancellationToken) is not { } known)
            return Reply.Problem(StatusCodes.Status404NotFound, "unknown_suggestion", "There is no suggestion of this id.");
        await calls.NoteAsync(request, nameof(DismissRenameSuggestion), known.From, reason);
        await suggestions.RemoveAsync(known.Id, cancellationToken);
        return new StatusCodeResult(StatusCodes.Status204NoContent);
    }
}
