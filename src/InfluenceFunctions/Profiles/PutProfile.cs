using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>PUT /api/v1/profiles/{id}?preview=</c>: makes or changes a profile of 1–20 accounts.</summary>
public sealed class PutProfile(ProfileEditor profiles, RenameSuggestions suggestions, OperatorCalls calls, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(PutProfile))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "put", Route = "api/v1/profiles/{id}")] HttpRequest request,
        string id
    )
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var isPreview = ProfileAnswer.IsPreview(request, out wrong);
        if (wrong is not null)
            return wrong;
        if (await RequestBody.ReadAsync(request, ProfileBody.MaxBytes, cancellationToken) is not { } body)
            return RequestBody.TooLargeProblem(ProfileBody.MaxBytes);
        var (change, reason, rule) = ProfileBody.ReadProfile(body, account, forms);
        if (change is null || rule is not null)
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", rule!);
        if (!isPreview)
            await calls.NoteAsync(
                request,
                nameof(PutProfile),
                account,
                reason,
                change.Accounts is { } named ? $"{named.Count} accounts" : "its accounts"
            );
        var result = await profiles.PutAsync(account, change, isPreview, cancellationToken);
        if (!isPreview && result is { Outcome: ProfileOutcome.Done, Profile: { } profile })
            await suggestions.RemoveLinkedAsync(profile.Accounts, cancellationToken);
        return ProfileAnswer.Of(result);
    }
}
