using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>POST /api/v1/dead-letters/{id}/retry?reason=</c>: puts a message back on its queue.</summary>
public sealed class RetryDeadLetter(DeadLetterBox letters, OperatorCalls calls)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(RetryDeadLetter))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/v1/dead-letters/{id}/retry")] HttpRequest request,
        string id
    ) => DeadLetterAnswer.ChangeAsync(request, id, calls, nameof(RetryDeadLetter), letters.RetryAsync, StatusCodes.Status202Accepted);
}
