namespace InfluenceFunctions.OpenApi;

/// <summary>The calls that read scores.</summary>
internal static class ScoreCalls
{
    public const string Tag = "Scores";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GetProfile", "get", "/api/v1/profiles/{id}", Caller.Anyone, Tag, "A score card")
        {
            HasHead = true,
            Details = "Of an account, or of the profile that it is linked in; it then has the profile's `id`.",
            Parameters = [Parameters.Account],
            Answers =
            [
                Answer.Json<ScoreCard>(200, "The card.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account"),
                Answer.Problem(404, "unknown_profile"),
            ],
        },
        new("ListProfiles", "get", "/api/v1/profiles", Caller.Anyone, Tag, "Several score cards")
        {
            HasHead = true,
            Details = "In the order of the ids. Ids that are not known are listed, and no error. An account asked for twice comes once.",
            Parameters =
            [
                new(
                    "ids",
                    "query",
                    "The accounts, with commas between them. For an id that holds a comma give `ids` several times; then none is split.",
                    $$"""{"type":"array","minItems":1,"maxItems":{{ProfileQueries.MaxCards}},"items":{{Parameters.AccountSchema}}}"""
                )
                {
                    IsRequired = true,
                    Example = """["github:ann","bluesky:ann.example"]""",
                },
            ],
            Answers =
            [
                Answer.Json<ScoreCards>(200, "The cards.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
            ],
        },
        new("GetExplanation", "get", "/api/v1/profiles/{id}/explanation", Caller.Anyone, Tag, "Why a score is what it is")
        {
            HasHead = true,
            Details = "Factors, shares, people, sentences, and the change since a day in parts that sum to it.",
            Parameters =
            [
                Parameters.Account,
                Parameters.Day(
                    "since",
                    $"One of the {ExplanationQueries.MaxDays} days before today (UTC): the change is since its end. Absent: 7 days ago."
                ),
            ],
            Answers =
            [
                Answer.Json<Explanation>(200, "The explanation.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_profile"),
            ],
        },
        new("GetHistory", "get", "/api/v1/profiles/{id}/history", Caller.Anyone, Tag, "A score for every day")
        {
            HasHead = true,
            Details = "Oldest first; the last day is today, as of now. Days before anything was known are left out.",
            Parameters =
            [
                Parameters.Account,
                Parameters.Number("days", "How many days, today's included.", 1, ExplanationQueries.MaxDays, ExplanationQueries.MaxDays),
            ],
            Answers =
            [
                Answer.Json<ScoreHistory>(200, "The days.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_profile"),
            ],
        },
        new("GetBadge", "get", "/api/v1/profiles/{id}/badge.svg", Caller.Anyone, Tag, "A badge as a picture")
        {
            HasHead = true,
            Parameters =
            [
                Parameters.Account,
                Label,
                new("style", "query", "Its shape.", """{"type":"string","enum":["flat","flat-square"],"default":"flat"}"""),
            ],
            Answers =
            [
                new(200, "The picture.", "image/svg+xml") { Schema = """{"type":"string"}""", Headers = ["Cache-Control", "ETag"] },
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_profile", "no_badge"),
            ],
        },
        new("GetBadgeJson", "get", "/api/v1/profiles/{id}/badge.json", Caller.Anyone, Tag, "A badge for shields.io")
        {
            HasHead = true,
            Details = "In the form of shields.io's endpoint badge.",
            Parameters = [Parameters.Account, Label],
            Answers =
            [
                Answer.Json<Badge>(200, "The badge.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_profile", "no_badge"),
            ],
        },
        new("GetOEmbed", "get", "/oembed", Caller.Anyone, Tag, "How another site shows a profile's page")
        {
            HasHead = true,
            Details = "oEmbed 1.0, in JSON.",
            Parameters =
            [
                new("url", "query", "The address of a profile's page here.", """{"type":"string","format":"uri"}""")
                {
                    IsRequired = true,
                    Example = "\"https://influence.example/profiles/github:ann\"",
                },
                new("maxwidth", "query", "Most pixels of the frame's width.", """{"type":"integer","minimum":1,"default":340}"""),
                new("maxheight", "query", "Most pixels of its height.", """{"type":"integer","minimum":1,"default":150}"""),
                new("format", "query", "The form of the answer.", """{"type":"string","enum":["json"],"default":"json"}"""),
            ],
            Answers =
            [
                Answer.Json<OEmbed>(200, "The frame.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "unknown_address", "unknown_profile", "no_badge"),
                Answer.Problem(501, "unknown_format"),
            ],
        },
        new("GetPolicy", "get", "/api/v1/policy", Caller.Anyone, Tag, "The numbers of the formula in force")
        {
            HasHead = true,
            AsksStorage = false,
            Answers = [Answer.Json<PolicyReport>(200, "The policy.", "Cache-Control", "ETag")],
        },
    ];

    private static Parameter Label =>
        new(
            "label",
            "query",
            "The text on the left, of characters that can be seen.",
            $$"""{"type":"string","maxLength":{{BadgeQuery.MaxLabel}},"default":"influence"}"""
        );
}
