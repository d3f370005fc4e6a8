namespace InfluenceFunctions.OpenApi;

/// <summary>What a record's types cannot say of its fields: values, limits, which ones a request needs.</summary>
internal static class Refinements
{
    private const string Standing = """{"enum":["member","bot","excluded"]}""";
    private const string Score = """{"minimum":1,"maximum":100}""";
    private const string Part = """{"minimum":0,"maximum":1}""";
    private const string NotNegative = """{"minimum":0}""";
    private const string Place = """{"minimum":1}""";
    private const string Percentage = """{"minimum":0,"maximum":100}""";

    /// <summary>Keywords of a field's schema, as JSON, by «Record.field» or by «field» for every record that has it.</summary>
    public static IReadOnlyDictionary<string, string> OfFields { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AccountStanding.before"] = Standing,
            ["AccountStanding.standing"] = Standing,
            ["BoardAround.noRows"] = """{"enum":["beyond_top"]}""",
            ["BoardPage.edition"] = """{"pattern":"^[0-9a-f]{16}$"}""",
            ["DeadLetter.queue"] = """{"enum":["interactions","shards"]}""",
            ["DeadLetterContent.facts"] = """{"items":{"type":"object"}}""",
            ["DependencyHealth.name"] = """{"enum":["tables","queues"]}""",
            ["DependencyHealth.status"] = """{"enum":["ok","unavailable"]}""",
            ["Erasure.status"] = """{"enum":["running","erased","failed"]}""",
            ["Erasure.step"] = """{"enum":["suppress","account","records","boards","finish"]}""",
            ["ExplainedSentence.about"] = """{"enum":["score","coverage","reach","depth","voice","audience","change","style","makeup"]}""",
            ["HealthReport.status"] = """{"enum":["ok","unavailable"]}""",
            ["IngestWarning.code"] = """{"$ref":"#/components/schemas/WarningCode"}""",
            ["ListenerHealth.trigger"] = """{"enum":["queue","timer"]}""",
            ["Problem.code"] = """{"$ref":"#/components/schemas/ProblemCode"}""",
            ["Problem.status"] = """{"minimum":400,"maximum":599}""",
            ["ProfileRequest.accounts"] = $$"""{"minItems":1,"maxItems":{{ProfileLink.MaxAccounts}}}""",
            ["ProfileRequest.avatar"] = """{"maxLength":2000,"pattern":"^https://"}""",
            ["ProfileRequest.name"] = """{"maxLength":100}""",
            ["ProfileRequest.reason"] = """{"maxLength":500}""",
            ["ProfileRequest.url"] = """{"maxLength":2000,"pattern":"^https://"}""",
            ["ReadyReport.status"] = """{"enum":["ready","unavailable"]}""",
            ["Rejection.code"] = """{"$ref":"#/components/schemas/RefusalCode"}""",
            ["RenameSuggestion.why"] = """{"enum":["renamed","moved"]}""",
            ["ScoreCard.standing"] = """{"enum":["bot","excluded"]}""",
            ["StandingRequest.reason"] = """{"minLength":1,"maxLength":500}""",
            ["StandingRequest.standing"] = Standing,
            ["VerificationRequest.accounts"] = $$"""{"maxItems":{{VerificationRequest.MaxAccounts}}}""",
            ["VerificationRequest.sample"] = $$"""{"minimum":0,"maximum":{{VerificationRequest.MaxSample}}}""",
            ["VerifyFailure.code"] = """{"enum":["unreadable","busy","too_large"]}""",
            ["activeDays"] = """{"minimum":0,"maximum":28}""",
            ["depth"] = """{"minimum":0}""",
            ["elsewhere"] = Part,
            ["index"] = NotNegative,
            ["influence"] = NotNegative,
            ["interactions"] = NotNegative,
            ["percentile"] = Percentage,
            ["rank"] = Place,
            ["score"] = Score,
            ["share"] = Part,
            ["strength"] = Part,
            ["total"] = NotNegative,
        };

    /// <summary>The fields that a request needs, by record; others need none.</summary>
    public static IReadOnlyDictionary<string, string[]> NeededBy { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["StandingRequest"] = ["standing", "reason"] };

    /// <summary>The keywords of a field; null for none.</summary>
    public static string? Find(string record, string field) =>
        OfFields.GetValueOrDefault($"{record}.{field}") ?? (IsOfScores(record, field) ? OfFields.GetValueOrDefault(field) : null);

    // «interactions» and «share» are counts and parts on answers alone; a drift or a change may be negative.
    private static bool IsOfScores(string record, string field) =>
        !(record.StartsWith("Verify", StringComparison.Ordinal) || (record == "ExplainedChange" && field == "depth"));
}
