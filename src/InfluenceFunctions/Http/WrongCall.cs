using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>What no other function below <c>/api</c> answers: 405, 404, and a browser's preflight (CORS).</summary>
/// <remarks>The host asks functions in the order of their names: this one's is the last.</remarks>
public sealed class WrongCall
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(WrongCall))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "api/{*path}")]
            HttpRequest request
    )
    {
        var (methods, isPublicRead) = Calls.Of(request.Path);
        if (methods.Count == 0)
            return Reply.Problem(
                StatusCodes.Status404NotFound,
                "unknown_call",
                "There is no call of this address. GET /api/openapi.json lists them all, and /docs shows them."
            );
        if (HttpMethods.IsOptions(request.Method) && isPublicRead)
            return new Reply(StatusCodes.Status204NoContent, [], "").With(HeaderNames.Allow, string.Join(", ", methods));
        return Reply
            .Problem(
                StatusCodes.Status405MethodNotAllowed,
                "method_not_allowed",
                $"{request.Method} is not a method of this address; it answers {string.Join(", ", methods)}."
            )
            .With(HeaderNames.Allow, string.Join(", ", methods));
    }
}
