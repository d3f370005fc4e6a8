using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>DELETE /api/v1/accounts/{id}?reason=</c>: erases an account, and refuses its later facts.</summary>
public sealed class EraseAccount(Erasures erasures, OperatorCalls calls, AccountForms forms, PublicUrl url)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(EraseAccount))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "api/v1/accounts/{id}")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var reason = OperatorCalls.ReasonOf(request, out wrong);
        if (wrong is not null)
            return wrong;
        await calls.NoteAsync(request, nameof(EraseAccount), account, reason);
        var erasure = await erasures.RequestAsync(account, request.HttpContext.RequestAborted);
        var status = url.Of(request, $"erasures/{Uri.EscapeDataString(erasure.Id)}");
        return Reply
            .Json(StatusCodes.Status202Accepted, erasure with { StatusUrl = status }, ApiJson.Readable.Erasure)
            .With("Location", status)
            .With("Retry-After", "5");
    }
}
