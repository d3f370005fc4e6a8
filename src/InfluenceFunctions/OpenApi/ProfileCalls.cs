namespace InfluenceFunctions.OpenApi;

/// <summary>The operators' calls about people's accounts.</summary>
internal static class ProfileCalls
{
    public const string Tag = "Profiles and accounts";

    private const string Linking = """
        {"accounts":["github:ann","bluesky:ann.example"],"name":"Ann","url":"https://ann.example","reason":"She asked"}
        """;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("PutProfile", "put", "/api/v1/profiles/{id}", Caller.Operator, Tag, "Makes or changes a profile of 1–20 accounts")
        {
            Details = "The call says all of the profile: what is left out is removed, and accounts that are left out are unlinked.",
            Parameters = [Parameters.Account, Parameters.Preview],
            Body = new Body("At most 64 KiB.", BodyForm.Of<ProfileRequest>(Linking)),
            Answers =
            [
                Answer.Json<LinkedProfile>(200, "The profile as it is now, or would be."),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(409, "linked_elsewhere"),
                Answer.Problem(410, "erased_account"),
                Answer.Problem(422, "unknown_account"),
            ],
        },
        new("DeleteProfile", "delete", "/api/v1/profiles/{id}", Caller.Operator, Tag, "Unlinks all accounts of a profile")
        {
            Parameters = [Parameters.Account, Parameters.Preview, Parameters.Reason],
            Answers =
            [
                Answer.Json<LinkedProfile>(200, "The account by itself, as it is now or would be."),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_profile"),
            ],
        },
        new("FindRenameSuggestions", "get", "/api/v1/profiles/suggestions", Caller.Operator, Tag, "Accounts that may be one person's")
        {
            Answers = [Answer.Json<RenameSuggestionList>(200, "The latest 100.")],
        },
        new("DismissRenameSuggestion", "delete", "/api/v1/profiles/suggestions/{id}", Caller.Operator, Tag, "Dismisses such a suggestion")
        {
            Parameters = [Parameters.Id("suggestion"), Parameters.Reason],
            Answers = [new(204, "It is gone."), Answer.Problem(400, "invalid_parameter"), Answer.Problem(404, "unknown_suggestion")],
        },
        new("SetStanding", "put", "/api/v1/accounts/{id}/standing", Caller.Operator, Tag, "Whether an account counts as a person")
        {
            Details = "An account may have a standing before anything is known of it.",
            Parameters = [Parameters.Account],
            Body = new Body("At most 64 KiB.", BodyForm.Of<StandingRequest>("""{"standing":"bot","reason":"Posts by itself"}""")),
            Answers =
            [
                Answer.Json<AccountStanding>(200, "The standing, and the one before."),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(410, "erased_account"),
            ],
        },
        new("ExportAccount", "get", "/api/v1/accounts/{id}/export", Caller.Operator, Tag, "What is kept about an account")
        {
            Parameters = [Parameters.Account, Parameters.Reason],
            Answers =
            [
                new(200, "Everything that is kept.", Answer.JsonType) { Schema = """{"$ref":"#/components/schemas/AccountExport"}""" },
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_profile"),
            ],
        },
        new("EraseAccount", "delete", "/api/v1/accounts/{id}", Caller.Operator, Tag, "Erases an account, and refuses its later facts")
        {
            Details = "Also for an account of which nothing is known.",
            Parameters = [Parameters.Account, Parameters.Reason],
            Answers =
            [
                Answer.Json<Erasure>(202, "It runs; `statusUrl` tells how it stands.", "Location", "Retry-After"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
            ],
        },
        new("GetErasure", "get", "/api/v1/erasures/{id}", Caller.Operator, Tag, "How an erasure stands")
        {
            Parameters = [Parameters.Id("erasure")],
            Answers = [Answer.Json<Erasure>(200, "How it stands."), Answer.Problem(404, "unknown_erasure")],
        },
    ];
}
