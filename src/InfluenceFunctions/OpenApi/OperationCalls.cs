namespace InfluenceFunctions.OpenApi;

/// <summary>The operators' other calls.</summary>
internal static class OperationCalls
{
    public const string Tag = "Operations";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GetAudienceNotices", "get", "/api/v1/audiences/notices", Caller.Operator, Tag, "Audiences that engage nobody else")
        {
            Details = "A reason to look, never a verdict.",
            Answers = [Answer.Json<AudienceReport>(200, "The accounts, at most 1,000."), Answer.Problem(404, "no_settlement")],
        },
        new("GetAudit", "get", "/api/v1/audit", Caller.Operator, Tag, "What operators did")
        {
            Details = "Oldest first, at most 1,000 a page.",
            Parameters =
            [
                new("since", "query", "The first moment. Absent: 30 days ago.", """{"type":"string","format":"date-time"}"""),
                new("account", "query", "Only calls about this account.", Parameters.AccountSchema),
                Parameters.Cursor("""{"type":"string","pattern":"^[0-9]{19}\\|[0-9a-f]{32}$"}"""),
            ],
            Answers = [Answer.Json<AuditList>(200, "The calls."), Answer.Problem(400, "invalid_parameter")],
        },
        new("VerifyAccounts", "post", "/api/v1/verifications", Caller.Operator, Tag, "Compares accounts with their ledgers")
        {
            Details = "It writes nothing unless `repair` is true.",
            Parameters = [Parameters.Reason],
            Body = new Body("At most 256 KiB.", BodyForm.Of<VerificationRequest>("""{"accounts":["github:ann"],"sample":100}""")),
            Answers = [Answer.Json<VerifyReport>(200, "What differs."), Answer.Problem(400, "invalid_parameter")],
        },
    ];
}
