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
        new("ListDeadLetters", "get", "/api/v1/dead-letters", Caller.Operator, Tag, "Messages that failed for good")
        {
            Details = "Without what is in them; oldest first within their queue.",
            Parameters =
            [
                new("queue", "query", "Only those of this queue.", """{"type":"string","enum":["interactions","shards"]}"""),
                Parameters.Day("since", "The first day, UTC. Absent: all."),
                Parameters.Number("top", "Letters of the page.", 1, DeadLetterBox.MaxTop, 100),
                Parameters.Cursor("""{"type":"string"}"""),
            ],
            Answers = [Answer.Json<DeadLetterList>(200, "The letters."), Answer.Problem(400, "invalid_parameter")],
        },
        new("GetDeadLetter", "get", "/api/v1/dead-letters/{id}", Caller.Operator, Tag, "What is in a dead letter")
        {
            Details = "It holds ids of people, so that the look is noted in the audit.",
            Parameters = [Parameters.Id("dead letter"), Parameters.Reason],
            Answers =
            [
                Answer.Json<DeadLetter>(200, "The letter."),
                Answer.Problem(400, "invalid_parameter"),
                Answer.Problem(404, "unknown_dead_letter"),
            ],
        },
        new("RetryDeadLetter", "post", "/api/v1/dead-letters/{id}/retry", Caller.Operator, Tag, "Runs a dead letter again")
        {
            Details = "Its facts count once, however often it is retried.",
            Parameters = [Parameters.Id("dead letter"), Parameters.Reason],
            Answers =
            [
                new(202, "It is on its queue again."),
                Answer.Problem(400, "invalid_parameter"),
                Answer.Problem(404, "unknown_dead_letter"),
                Answer.Problem(409, "not_retryable", "dead_letter_changed"),
            ],
        },
        new("DiscardDeadLetter", "delete", "/api/v1/dead-letters/{id}", Caller.Operator, Tag, "Gives a dead letter up for good")
        {
            Parameters = [Parameters.Id("dead letter"), Parameters.Reason],
            Answers =
            [
                new(204, "It is gone."),
                Answer.Problem(400, "invalid_parameter"),
                Answer.Problem(404, "unknown_dead_letter"),
                Answer.Problem(409, "dead_letter_changed"),
            ],
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
