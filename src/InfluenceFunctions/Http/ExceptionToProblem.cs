using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Worker middleware: an exception of an HTTP function becomes a problem, as JSON or as a page.</summary>
/// <remarks>
/// Exceptions of queue and timer functions pass: the host retries those. The result set here is executed by the worker's own middleware,
/// which wraps this one, in the same way as a result that the function returned.
/// </remarks>
internal sealed partial class ExceptionToProblem(PageEndpoint pages, ILogger<ExceptionToProblem> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            var problem = ToProblem(e);
            context.GetInvocationResult().Value = PageEndpoint.Functions.Contains(context.FunctionDefinition.Name)
                ? await ToPageAsync(http.Request, problem)
                : problem;
        }
    }

    // People read it in a browser.
    private async Task<Reply> ToPageAsync(HttpRequest request, Reply problem)
    {
        var code = problem.Status == StatusCodes.Status503ServiceUnavailable ? "unavailable" : "internal";
        var page = await pages.ProblemAsync(request, new ProblemModel(problem.Status, code, null, null));
        return problem.Status == StatusCodes.Status503ServiceUnavailable ? page.With(HeaderNames.RetryAfter, "5") : page;
    }

    private Reply ToProblem(Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            // Kestrel's own finding while the body was read: malformed chunks, a body that stalls.
            return Reply.Problem(
                bad.StatusCode,
                "bad_request",
                "The request's body is not well-formed HTTP, or did not arrive in time. Send it again, whole."
            );
        if (StorageFailure.IsTryLater(exception, CancellationToken.None))
        {
            var (status, code) = StorageFailure.CodeOf(exception);
            TryLater(logger, status, code);
            return Reply.Unavailable("Storage cannot serve this at the moment. Send the same request again.");
        }

        Failed(logger, exception);
        return Reply.Problem(StatusCodes.Status500InternalServerError, "internal", "Something unexpected went wrong here; it is logged.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage cannot serve a request (status {Status}, {Code})")]
    private static partial void TryLater(ILogger logger, int status, string? code);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
