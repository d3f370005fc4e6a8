using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Profiles;

/// <summary>A change of a profile as an HTTP answer.</summary>
internal static class ProfileAnswer
{
    /// <summary>Whether a caller asks only what would be: <c>?preview=true</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wrong">The answer where the parameter has another value.</param>
    public static bool IsPreview(HttpRequest request, out Reply? wrong)
    {
        var preview = (string?)request.Query["preview"];
        wrong = preview is null or "" or "true" or "false"
            ? null
            : Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", "'preview' must be true or false.");
        return preview == "true";
    }

    public static Reply Of(ProfileResult result) =>
        result.Outcome switch
        {
            ProfileOutcome.Done => Reply
                .Json(StatusCodes.Status200OK, result.Profile!.Rounded(), ApiJson.Readable.LinkedProfile)
                .With("Cache-Control", "no-store"),
            ProfileOutcome.UnknownProfile => Reply.Problem(
                StatusCodes.Status404NotFound,
                "unknown_profile",
                "This account is in no profile: there is nothing to unlink."
            ),
            ProfileOutcome.UnknownAccount => Reply.Problem(
                StatusCodes.Status422UnprocessableEntity,
                "unknown_account",
                $"Nothing is known of '{result.Account}': link an account once facts about it, or by it, have come in."
            ),
            ProfileOutcome.Erased => AccountParameter.Erased(result.Account!.Value),
            ProfileOutcome.LinkedElsewhere => Reply.Problem(
                StatusCodes.Status409Conflict,
                "linked_elsewhere",
                $"'{result.Account}' is one of the profile '{result.Other}': unlink it there first."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Outcome, "Not a way a change can fare."),
        };
}
