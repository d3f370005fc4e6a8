namespace Influence.Pipeline.Query;

/// <summary>What an account scores on a board, at the board's own moment: the rank it has there, not the one it would have now.</summary>
/// <remarks>
/// For a board as of a day's end it is what was known by then, from the account's history. For one as of another moment, such as ten past
/// midnight, it is what is
/// known today, faded to that moment: facts since then may count in. But only an account that had influence by then is ranked at all. Of
/// one first heard of on
/// the moment's own day that is a guess: on a board of the running day it had, on one of soon after midnight it had not, unless one of its
/// top people tells otherwise.
/// </remarks>
internal static class BoardScore
{
    private const long SoonAfterMidnight = 3600;

    /// <summary>The score, 1–100; null for an account that the board does not rank.</summary>
    public static double? Of(AccountState account, string board, BoardMeta meta)
    {
        var moment = meta.AsOf.ToUnixTimeSeconds();
        var own = new BoardSet(1);
        own.Add(account, InputsAt(account, moment), moment);
        return meta.Histogram.Total > 0 && own.Boards.TryGetValue(board, out var ranked)
            ? ranked.Best.Select(e => (double?)e.Score).FirstOrDefault()
            : null;
    }

    private static ScoreInputs InputsAt(AccountState account, long moment)
    {
        if (moment % ScoringPolicy.Day == 0)
            return account.InputsAtEndOf((int)(moment / ScoringPolicy.Day) - 1);
        return HadInfluenceAt(account, moment) ? account.InputsAt(moment) : default;
    }

    // The history knows only whole days. Of the board's own day tell the totals, when nothing came since, and who or what was last heard of
    // before.
    private static bool HadInfluenceAt(AccountState account, long moment) =>
        account.Totals.AsOf <= moment
        || account.History.InputsAt(moment, account.Policy) is { Influence: > 0 }
        || (moment % ScoringPolicy.Day > SoonAfterMidnight && account.History.Days.Any(d => d.Day * ScoringPolicy.Day <= moment))
        || account.TopPeople.Any(p => p.Last <= moment)
        || (account.Totals.Followers > 0 && account.Totals.FollowersAt <= moment);
}
