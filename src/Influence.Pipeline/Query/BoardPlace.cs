namespace Influence.Pipeline.Query;

/// <summary>
/// An account's place on a board that does not show it. It comes from the account's score of the board's moment and the board's histogram.
/// </summary>
/// <param name="Rank">Its rank: 1 + how many accounts stand higher.</param>
/// <param name="Percentile">The percentage of ranked accounts that it is not below, 0–100.</param>
/// <param name="IsProvisional">
/// Whether facts came since: then it is the place that its score of that moment, as known now, would take.
/// </param>
/// <remarks>
/// While no facts came, the score is the one that was ranked, so that a card, a row and a plain count agree. Of facts that came since, only
/// whole days can be told apart: on a board of soon after midnight the account stands as at the midnight before, faded; on a board of
/// another moment of the running day those facts may count in.
/// </remarks>
internal sealed record BoardPlace(int Rank, double Percentile, bool IsProvisional)
{
    private const long SoonAfterMidnight = 3600;

    /// <summary>The columns of the state row that are needed.</summary>
    public static readonly string[] Columns = ["V", "Timestamp", AccountRow.Summary, AccountRow.Settlement, AccountRow.FactsSince];

    /// <summary>The place; null for a profile that the board does not rank.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="board">The board's name; not one that ranks gains.</param>
    /// <param name="meta">The board.</param>
    public static BoardPlace? Of(LoadedProfile profile, string board, BoardMeta meta)
    {
        var isProvisional = false;
        var own = new BoardBuilder(new InfluenceOptions { BoardSize = 1 });
        foreach (var (account, row) in profile.View.Accounts.Zip(profile.Rows))
        {
            var hasNews = AccountRow.HasFactsSince(row, meta.Publication, meta.RankedAt) || IsLinkedSince(account, meta.RankedAt);
            own.Add(
                account,
                InputsOf(account, meta, hasNews),
                new BoardMoment(meta.Date, meta.Current.AsOf.ToUnixTimeSeconds()),
                ErasedAccounts.None
            );
            isProvisional |= hasNews;
        }

        own.Linked.RankOn(own, _ => null);
        if (meta.Histogram.Total == 0 || !own.Boards.TryGetValue(board, out var ranked))
            return null;
        foreach (var entry in ranked.Best)
        {
            var place = ScoreHistogram.PlaceOfScore(entry.Score);
            return new BoardPlace(meta.Histogram.RankOf(place), meta.Histogram.PercentileOf(place), isProvisional);
        }

        return null;
    }

    private static bool IsLinkedSince(AccountState account, DateTimeOffset rankedAt) =>
        account.Link is { } link && link.Since >= rankedAt.ToUnixTimeSeconds();

    private static ScoreInputs InputsOf(AccountState account, BoardMeta meta, bool isProvisional)
    {
        var moment = meta.Current.AsOf.ToUnixTimeSeconds();
        if (meta.EndOfDay is { } day)
            return account.InputsAtEndOf(day);
        if (!isProvisional || account.Totals.AsOf <= moment)
            return account.InputsAt(moment);
        var midnight = account.History.InputsAt(moment, account.Policy) ?? default;
        if (moment % ScoringPolicy.Day <= SoonAfterMidnight && midnight.Influence > 0)
            return midnight;
        return HadInfluenceBy(account, moment) ? account.InputsAt(moment) : default;
    }

    // The history knows only whole days. Of the board's own day tell people and followers that were last heard of before its moment.
    private static bool HadInfluenceBy(AccountState account, long moment) =>
        account.History.InputsAt(moment, account.Policy) is { Influence: > 0 }
        || (moment % ScoringPolicy.Day > SoonAfterMidnight && account.History.Days.Any(d => d.Day * ScoringPolicy.Day <= moment))
        || account.TopPeople.Any(p => p.Last <= moment)
        || (account.Totals.Followers > 0 && account.Totals.FollowersAt <= moment);
}
