using Influence.Scoring;

namespace Influence.Pipeline;

/// <summary>What an account scores on a board, at the board's own moment: the rank it has there, not the one it would have now.</summary>
internal static class BoardScore
{
    /// <summary>The score, 1–100; null for an account that the board does not rank.</summary>
    public static double? Of(AccountState account, string board, BoardMeta meta)
    {
        var moment = meta.AsOf.ToUnixTimeSeconds();
        var isDayEnd = moment % ScoringPolicy.Day == 0;
        var inputs = isDayEnd ? account.InputsAtEndOf((int)(moment / ScoringPolicy.Day) - 1) : account.InputsAt(moment);
        var own = new BoardSet(1);
        own.Add(account, inputs, moment);
        return meta.Histogram.Total > 0 && own.Boards.TryGetValue(board, out var ranked) ? ranked.Best.Select(e => (double?)e.Score).FirstOrDefault() : null;
    }
}
