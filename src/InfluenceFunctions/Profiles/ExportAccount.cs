using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>GET /api/v1/accounts/{id}/export</c>: everything kept about an account.</summary>
public sealed class ExportAccount(AccountExports exports, OperatorCalls calls, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(ExportAccount))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/accounts/{id}/export")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var reason = OperatorCalls.ReasonOf(request, out wrong);
        if (wrong is not null)
            return wrong;
        await calls.NoteAsync(request, nameof(ExportAccount), account, reason);
        return await exports.WriteAsync(account, request.HttpContext.RequestAborted) is { } json
            ? new Reply(StatusCodes.Status200OK, json, "application/json; charset=utf-8").With("Cache-Control", "no-store")
            : AccountParameter.Unknown();
    }
}
