namespace InfluenceFunctions.OpenApi;

/// <summary>The calls that read and publish leaderboards.</summary>
internal static class BoardCalls
{
    public const string Tag = "Leaderboards";

    private const string Cursor = """{"type":"string","pattern":"^[0-9]{1,10}(\\.[0-9a-f]{16})?$"}""";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("ListLeaderboards", "get", "/api/v1/leaderboards", Caller.Anyone, Tag, "The boards and their days")
        {
            HasHead = true,
            Parameters =
            [
                new("prefix", "query", "What the names begin with, such as `topic:`.", """{"type":"string","maxLength":200}"""),
                Parameters.Number("top", "Boards of the page.", 1, BoardQueries.MaxTop, 100),
                Parameters.Cursor("""{"type":"string"}"""),
            ],
            Answers =
            [
                Answer.Json<BoardList>(200, "The boards, by name.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_parameter"),
            ],
        },
        new("GetLeaderboard", "get", "/api/v1/leaderboards/{board}", Caller.Anyone, Tag, "A page of a board")
        {
            HasHead = true,
            Details = "`nextLink` leads to the next page, of the same day and edition; the last page has none.",
            Parameters =
            [
                Parameters.Board,
                Parameters.Date,
                Parameters.Number("top", "Rows of the page.", 1, BoardQueries.MaxTop, 100),
                Parameters.Cursor(Cursor),
            ],
            Answers =
            [
                Answer.Json<BoardPage>(200, "The page.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_parameter"),
                Answer.Problem(404, "unknown_leaderboard"),
            ],
        },
        new("GetLeaderboardAround", "get", "/api/v1/leaderboards/{board}/around/{id}", Caller.Anyone, Tag, "Someone's place and neighbours")
        {
            HasHead = true,
            Details = "Any account of a profile finds it. Beyond the places shown `rows` is empty, and the rank is exact.",
            Parameters =
            [
                Parameters.Board,
                Parameters.Account,
                Parameters.Date,
                Parameters.Number("span", "Neighbours on each side.", 0, BoardQueries.MaxSpan, 5),
            ],
            Answers =
            [
                Answer.Json<BoardAround>(200, "The place.", "Cache-Control", "ETag"),
                Answer.Problem(400, "invalid_account", "invalid_parameter"),
                Answer.Problem(404, "not_ranked"),
            ],
        },
        new("RequestPublication", "post", "/api/v1/leaderboards/publications", Caller.Operator, Tag, "Settles and publishes")
        {
            Details = "Today as of now, or the day of the body: one of the 90 before.",
            Parameters = [Parameters.Reason],
            Body = new Body("At most 4 KiB; it may be empty.", BodyForm.Of<PublicationRequest>("""{"date":"2026-11-26"}"""))
            {
                IsRequired = false,
            },
            Answers =
            [
                Answer.Json<Publication>(202, "It runs; `statusUrl` tells how it stands.", "Location", "Retry-After"),
                Answer.Problem(400, "invalid_parameter"),
            ],
        },
        new("GetPublication", "get", "/api/v1/leaderboards/publications/{id}", Caller.Operator, Tag, "How a publication stands")
        {
            Parameters = [Parameters.Id("publication")],
            Answers = [Answer.Json<Publication>(200, "How it stands."), Answer.Problem(404, "unknown_publication")],
        },
    ];
}
