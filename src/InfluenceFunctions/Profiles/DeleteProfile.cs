using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>DELETE /api/v1/profiles/{id}?preview=&amp;reason=</c>: unlinks all accounts of a profile.</summary>
public sealed class DeleteProfile(ProfileEditor profiles, OperatorCalls calls, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(DeleteProfile))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "api/v1/profiles/{id}")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var (isPreview, reason) = (ProfileAnswer.IsPreview(request, out wrong), OperatorCalls.ReasonOf(request, out var badReason));
        if ((wrong ?? badReason) is { } refused)
            return refused;
        if (!isPreview)
            await calls.NoteAsync(request, nameof(DeleteProfile), account, reason);
        return ProfileAnswer.Of(await profiles.DeleteAsync(account, isPreview, request.HttpContext.RequestAborted));
    }
}
