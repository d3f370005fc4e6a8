using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/v1/dead-letters/{id}</c>: one message that failed for good, with what is in it.</summary>
public sealed class GetDeadLetter(DeadLetterBox letters, OperatorCalls calls)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetDeadLetter))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/dead-letters/{id}")] HttpRequest request,
        string id
    )
    {
        var reason = OperatorCalls.ReasonOf(request, out var wrong);
        if (wrong is not null)
            return wrong;
        if (await letters.FindAsync(id, request.HttpContext.RequestAborted) is not { } letter)
            return DeadLetterAnswer.Unknown();
        // It shows who did what.
        await calls.NoteAsync(request, nameof(GetDeadLetter), why: reason, what: letter.Id);
        return Reply.Json(StatusCodes.Status200OK, letter, ApiJson.Readable.DeadLetter).With("Cache-Control", "no-store");
    }
}
