using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>DELETE /api/v1/dead-letters/{id}?reason=</c>: gives a message up for good.</summary>
public sealed class DiscardDeadLetter(DeadLetterBox letters, OperatorCalls calls)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(DiscardDeadLetter))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "api/v1/dead-letters/{id}")] HttpRequest request,
        string id
    ) => DeadLetterAnswer.ChangeAsync(request, id, calls, nameof(DiscardDeadLetter), letters.DiscardAsync, StatusCodes.Status204NoContent);
}
