namespace InfluenceFunctions.OpenApi;

/// <summary>Every stable code of an answer, and when it comes.</summary>
internal static class Codes
{
    /// <summary>The codes of problems.</summary>
    public static IReadOnlyDictionary<string, string> OfProblems { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["backlog"] = "Facts wait too long to be scored already: send the same again after `Retry-After` seconds.",
            ["bad_request"] = "The body is not well-formed HTTP, or did not arrive in time.",
            ["cross_site"] = "A script of another site made the call: only servers and pages of this site may.",
            ["dead_letter_changed"] = "Somebody else changes the dead letter at this moment: look at it again.",
            ["erased_account"] = "The account was erased: nothing is kept of it, and nothing more is taken.",
            ["handshake_refused"] = "This is not the handshake that the source makes, or not with the token of the settings.",
            ["internal"] = "A fault of the app; it is logged.",
            ["invalid_account"] = "An id is no account. The detail says which rule it breaks.",
            ["invalid_parameter"] = "A parameter, or a field of the body, breaks a rule that the detail names.",
            ["invalid_signature"] = "The signature is missing, wrong or too old.",
            ["key_required"] = "Reads are closed here: send a reader's key.",
            ["linked_elsewhere"] = "An account is one of another profile, which the detail names: unlink it there first.",
            ["method_not_allowed"] = "The address has no such method; the header `Allow` names those that it has.",
            ["missing_origin"] = "The handshake does not name its sender in the header `WebHook-Request-Origin`.",
            ["no_badge"] = "The profile has chosen to have no badge.",
            ["no_settlement"] = "There was no settlement yet.",
            ["not_ranked"] = "There is no such board for this day, or it does not rank the profile.",
            ["not_retryable"] = "The message was part of something that failed as a whole and is asked for anew.",
            ["nothing_acceptable"] = "Every item was refused; `rejected` lists why.",
            ["operator_key_required"] = "The address asks for an import: that is `POST /api/v1/imports`, with the admin key.",
            ["over_budget"] = "The key has sent as many items as its budget allows for now. `RateLimit` says when there is more.",
            ["source_not_allowed"] = "The key may not forward this source.",
            ["too_large"] = "The body is longer than the call takes.",
            ["too_many_items"] = "The body holds more than 1,000 items.",
            ["too_many_writes"] = "The app is busy with as many writes as it takes at once.",
            ["unavailable"] = "Storage cannot serve, or the queue did not confirm: send the same again after `Retry-After` seconds.",
            ["unknown_account"] = "Nothing is known of an account: neither facts about it, nor by it at a settlement.",
            ["unknown_address"] = "`url` is not the address of a profile's page here.",
            ["unknown_call"] = "There is no call of this address.",
            ["unknown_dead_letter"] = "There is no dead letter of this id.",
            ["unknown_erasure"] = "There is no erasure of this id.",
            ["unknown_format"] = "There is no other format than JSON.",
            ["unknown_leaderboard"] = "There is no such board, or it was not published for this day.",
            ["unknown_profile"] = "Nothing is known of the account, or it is in no profile.",
            ["unknown_publication"] = "There is no publication of this id.",
            ["unknown_source"] = "There is no source of this name, or it has no secret here.",
            ["unknown_suggestion"] = "There is no suggestion of this id.",
            ["unnamed_key"] = "Only keys with a name may write here, and this one has none.",
            ["unparseable"] = "The body is not what its content type says.",
            ["unsupported_media_type"] = "The content type, its charset or its coding is none that the call takes.",
        };

    /// <summary>The codes of refused items.</summary>
    public static IReadOnlyDictionary<string, string> OfRefusals { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["erased_account"] = "An account was erased and takes no more facts.",
            ["in_future"] = "`at` is more than 5 minutes ahead.",
            ["invalid_account"] = "An account is not `network:id`, or breaks the rule of its network.",
            ["invalid_field"] = "A field has a value of the wrong kind.",
            ["milliseconds"] = "`at` looks like milliseconds: send seconds.",
            ["missing_field"] = "A field that is needed is absent or empty.",
            ["negative"] = "A count is below zero.",
            ["not_a_person"] = "Actor or target is a bot, or one account that stands for many.",
            ["not_finite"] = "A count is not a finite number.",
            ["self_interaction"] = "Actor and target are the same account.",
            ["too_large"] = "A count is over its limit.",
            ["too_long"] = "A text or a list is over its limit.",
            ["too_old"] = "`at` is more than 90 days ago; of an import, more than 400.",
            ["unknown_type"] = "There is no such type of interaction, or no such metric.",
        };

    /// <summary>The codes of warnings.</summary>
    public static IReadOnlyDictionary<string, string> OfWarnings { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal) { ["unknown_field"] = "A field that nobody reads." };
}
