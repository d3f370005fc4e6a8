using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Http;

/// <summary>Reads accounts out of paths and parameters.</summary>
internal static class AccountParameter
{
    /// <summary>The account of a route value; else the answer that says what is wrong with it.</summary>
    public static bool TryRead(AccountForms forms, string routeValue, out AccountId account, out Reply? wrong)
    {
        wrong = forms.TryParse(PathId.Read(routeValue), out account, out var problem)
            ? null
            : Reply.Problem(StatusCodes.Status400BadRequest, "invalid_account", $"The id is not an account. {problem}");
        return wrong is null;
    }

    /// <summary>404 for an account of which nothing is stored.</summary>
    public static Reply Unknown() => Reply.Problem(StatusCodes.Status404NotFound, "unknown_profile", "Nothing is known of this profile.");

    /// <summary>410 for an account that was erased.</summary>
    public static Reply Erased(AccountId account) =>
        Reply.Problem(
            StatusCodes.Status410Gone,
            "erased_account",
            $"'{account}' was erased: nothing is kept of it, and nothing more is taken."
        );
}
