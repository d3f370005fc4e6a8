using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>POST /api/v1/dead-letters/{id}/retry?reason=</c>: puts a message back on its queue.</summary>
public sealed class RetryDeadLetter(DeadLetterBox letters, OperatorCalls calls)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(RetryDeadLetter))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/v1/dead-letters/{id}/retry")] HttpRequest request,
        string id
    )
    {
        var reason = OperatorCalls.ReasonOf(request, out var wrong);
        if (wrong is not null)
            return wrong;
        if (!DeadLetterBox.IsId(id))
            return DeadLetterAnswer.Unknown();
        await calls.NoteAsync(request, nameof(RetryDeadLetter), why: reason, what: id);
        var outcome = await letters.RetryAsync(id, request.HttpContext.RequestAborted);
        return DeadLetterAnswer.Of(outcome, StatusCodes.Status202Accepted);
    }
}
