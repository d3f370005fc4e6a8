using Microsoft.AspNetCore.Http;

namespace Influence.Replay.Tests.Support;

/// <summary>The one board that <see cref="FakeApi"/> shows.</summary>
internal static class FakeBoard
{
    public static object Of(int top) =>
        new
        {
            board = "global",
            date = "2026-11-24",
            asOf = "2026-11-24T03:00:00Z",
            total = 1234,
            rows = new[]
            {
                Row(1, "mastodon:[b]@fern.example", 71.234, 400, 1.5),
                Row(2, "github:otter", 60, 200, -0.25),
                Row(3, "github:heron", 59, 190, null),
            }.Take(top),
        };

    /// <summary>Why the leader leads; else an error without a body, as a host has it for a route that is not there.</summary>
    public static IResult Explained(int status, string id) => status == 200 ? Results.Json(Explanation(id)) : Results.StatusCode(status);

    private static object Explanation(string id) =>
        new
        {
            id,
            name = "Bo [b]",
            now = new { score = 71.234 },
            sentences = new[]
            {
                Sentence("score", "The score is 71.23. It stands for an influence of 400, counted in people who engaged lately."),
                Sentence("reach", $"{string.Join(' ', Enumerable.Repeat("people", 40))}."),
            },
        };

    private static object Sentence(string about, string text) =>
        new
        {
            about,
            code = about,
            text,
            numbers = new { score = 71.234 },
        };

    private static object Row(int rank, string id, double score, double influence, double? change) =>
        new
        {
            rank,
            id,
            score,
            influence,
            change,
        };
}
