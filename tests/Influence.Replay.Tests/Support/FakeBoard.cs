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
