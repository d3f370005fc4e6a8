using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>PUT /api/v1/accounts/{id}/standing</c>: member, bot or excluded, with a reason.</summary>
public sealed class SetStanding(Standings standings, OperatorCalls calls, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(SetStanding))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "put", Route = "api/v1/accounts/{id}/standing")] HttpRequest request,
        string id
    )
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        if (await RequestBody.ReadAsync(request, ProfileBody.MaxBytes, cancellationToken) is not { } body)
            return RequestBody.TooLargeProblem(ProfileBody.MaxBytes);
        var (standing, reason, rule) = ProfileBody.ReadStanding(body);
        if (rule is not null)
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", rule);
        await calls.NoteAsync(request, nameof(SetStanding), account, reason, NameOf(standing));
        return await standings.SetAsync(account, standing, cancellationToken) is { } before
            ? Reply
                .Json(
                    StatusCodes.Status200OK,
                    new AccountStanding(account.Value, NameOf(standing), NameOf(before)),
                    ApiJson.Readable.AccountStanding
                )
                .With("Cache-Control", "no-store")
            : AccountParameter.Erased(account);
    }

    private static string NameOf(Standing standing) => standing.ToString().ToLowerInvariant();
}
