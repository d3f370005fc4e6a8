namespace Influence.Replay.Output;

/// <summary>Where to look after a run, and what to try next.</summary>
internal static class NextSteps
{
    /// <summary>The lines.</summary>
    /// <param name="api">Tells the addresses.</param>
    /// <param name="board">The board shown.</param>
    /// <param name="leader">Its first row.</param>
    /// <param name="isMadeUp">Whether nobody minds one more fact. Ids of a real log are not put into a command to paste.</param>
    public static IEnumerable<string> Of(Api api, string board, BoardRow leader, bool isMadeUp) =>
        [
            "",
            $"The board:          {api.PageOfBoard(board).AbsoluteUri}",
            $"Who leads, and why: {api.PageOfProfile(leader.Id).AbsoluteUri}",
            "",
            "Try next:",
            $"  1. Look somebody up at {api.Home.AbsoluteUri}, by a name or a part of one.",
            .. isMadeUp
                ?
                [
                    "  2. Send a fact of your own, and see its score move:",
                    $"     curl -s {api.Interactions.AbsoluteUri} -H 'Content-Type: application/json' \\",
                    $"       -d '[{{\"type\":\"share\",\"actor\":\"demo:you\",\"target\":\"{leader.Id}\",\"at\":'$(date +%s)'}}]'",
                ]
                : new[] { $"  2. Read how every number is made at {api.Home.AbsoluteUri}how, with a calculator." },
            "  3. Replay a log of your own: dotnet run --project src/Influence.Replay -- export.csv --dry-run",
            "",
        ];
}
