using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace InfluenceFunctions.Http;

/// <summary>The one place where an exception becomes an answer: callers read a problem, never a stack trace.</summary>
public sealed partial class Guard(ILogger<Guard> logger)
{
    internal async Task<IActionResult> RunAsync(Func<Task<IActionResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (StorageFailure.IsTryLater(e, cancellationToken))
        {
            var (status, code) = StorageFailure.CodeOf(e);
            Unreachable(logger, status, code);
            return Unavailable("Storage cannot be reached. Try again later.");
        }
        catch (BadHttpRequestException e)
        {
            // The server's own finding while the body was read: chunks that are none, a body that stalls.
            return Reply.Problem(e.StatusCode, "bad_request", "The request's body is not well-formed HTTP, or did not arrive in time.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, e);
            return Reply.Problem(
                StatusCodes.Status500InternalServerError,
                "internal",
                "Something unexpected went wrong here; it is logged."
            );
        }
    }

    internal static Reply Unavailable(string detail) =>
        Reply.Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", detail).With("Retry-After", "5");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage cannot be reached (status {Status}, {Code})")]
    private static partial void Unreachable(ILogger logger, int status, string? code);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
