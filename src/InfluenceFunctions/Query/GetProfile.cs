using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/profiles/{id}</c>: a score card.</summary>
public sealed class GetProfile(ProfileQueries profiles, Guard guard)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetProfile))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/profiles/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        guard.RunAsync(
            async () =>
            {
                var isAccount = false;
                foreach (var candidate in PathId.Candidates(id))
                {
                    if (!AccountId.TryParse(candidate, out var account))
                        continue;
                    isAccount = true;
                    if (await profiles.FindAsync(account, cancellationToken) is { } card)
                        return Reply
                            .Json(StatusCodes.Status200OK, card, ApiJson.Readable.ScoreCard)
                            .With("Cache-Control", "public, max-age=30");
                }

                return isAccount
                    ? Reply.Problem(StatusCodes.Status404NotFound, "unknown_profile", "Nothing is known of this profile.")
                    : Reply.Problem(StatusCodes.Status400BadRequest, "invalid_account", $"The id is not an account. {AccountId.Rule}");
            },
            cancellationToken
        );
}
