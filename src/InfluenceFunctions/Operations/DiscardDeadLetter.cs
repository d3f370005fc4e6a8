using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>DELETE /api/v1/dead-letters/{id}?reason=</c>: gives a message up for good.</summary>
public sealed class DiscardDeadLetter(DeadLetterBox letters, OperatorCalls calls)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(DiscardDeadLetter))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "api/v1/dead-letters/{id}")] HttpRequest request,
        string id
    )
    {
        var reason = OperatorCalls.ReasonOf(request, out var wrong);
        if (wrong is not null)
            return wrong;
        if (!DeadLetterBox.IsId(id))
            return DeadLetterAnswer.Unknown();
        await calls.NoteAsync(request, nameof(DiscardDeadLetter), why: reason, what: id);
        var outcome = await letters.DiscardAsync(id, request.HttpContext.RequestAborted);
        return DeadLetterAnswer.Of(outcome, StatusCodes.Status204NoContent);
    }
}
