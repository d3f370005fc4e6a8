using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>POST /api/v1/verifications</c>: compares accounts with their ledgers; writes only when told to repair.</summary>
public sealed class VerifyAccounts(AccountVerifier verify, OperatorCalls calls, AccountForms forms)
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Runs the function.</summary>
    [Function(nameof(VerifyAccounts))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/v1/verifications")] HttpRequest request
    )
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
            return RequestBody.TooLargeProblem(MaxBytes);
        var (asked, wrong) = VerificationBody.Read(body, forms);
        if (asked is null)
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", wrong!);
        var reason = OperatorCalls.ReasonOf(request, out var badReason);
        if (badReason is not null)
            return badReason;
        await calls.NoteAsync(request, nameof(VerifyAccounts), why: reason, what: asked.Repair ? "repair" : "look");
        var report = await verify.RunAsync(asked, cancellationToken);
        return Reply.Json(StatusCodes.Status200OK, report, ApiJson.Readable.VerifyReport).With("Cache-Control", "no-store");
    }
}
