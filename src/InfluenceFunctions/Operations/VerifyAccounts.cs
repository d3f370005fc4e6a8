using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>POST /api/v1/verifications</c>: hold accounts against their ledgers; write nothing unless told to repair.</summary>
public sealed class VerifyAccounts(AccountVerifier verify, Guard guard)
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Runs the function.</summary>
    [Function(nameof(VerifyAccounts))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "v1/verifications")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        guard.RunAsync(
            async () =>
            {
                if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
                    return Reply.Problem(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is longer than {MaxBytes} bytes.");
                var (asked, wrong) = VerificationBody.Read(body);
                if (asked is null)
                    return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", wrong!);
                var report = await verify.RunAsync(asked, cancellationToken);
                return Reply.Json(StatusCodes.Status200OK, report, ApiJson.Readable.VerifyReport).With("Cache-Control", "no-store");
            },
            cancellationToken
        );
}
