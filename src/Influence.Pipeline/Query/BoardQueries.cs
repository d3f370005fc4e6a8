using Azure.Data.Tables;

namespace Influence.Pipeline.Query;

/// <summary>Reads published boards.</summary>
public sealed class BoardQueries
{
    /// <summary>Most rows of one page.</summary>
    public const int MaxTop = 1000;

    /// <summary>Most neighbours on each side.</summary>
    public const int MaxSpan = 50;

    private static readonly string[] Columns = ["V", AccountRow.Summary];

    private readonly Deployment deployment;
    private readonly BoardCatalogue lists;
    private readonly BoardReader reader;

    internal BoardQueries(Deployment deployment, BoardCatalogue lists) =>
        (this.deployment, this.lists, reader) = (deployment, lists, new(deployment.Leaderboards));

    /// <summary>Every board with its days, not older than the setting <see cref="InfluenceOptions.BoardCacheSeconds"/> allows.</summary>
    public async Task<BoardList> ListAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(cancellationToken);
        return await lists.LatestAsync(cancellationToken);
    }

    /// <summary>A page of a board; null when there is no such board or it was not published that day.</summary>
    /// <param name="board">The board's name.</param>
    /// <param name="date">The day; null for the latest.</param>
    /// <param name="top">How many rows, 1 to <see cref="MaxTop"/>.</param>
    /// <param name="after">The rank after which the page begins, 0 for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BoardPage?> FindAsync(string board, DateOnly? date, int top, int after, CancellationToken cancellationToken) =>
        FindAsync(board, date, top, new BoardCursor(after), cancellationToken);

    /// <summary>
    /// A page of a board; null when there is no such board or it was not published that day. When the day was published again since the
    /// pages before, it still is
    /// of their edition, under the moment and total of the new one; when twice, it is of the new one.
    /// </summary>
    /// <param name="board">The board's name.</param>
    /// <param name="date">The day; null for the latest.</param>
    /// <param name="top">How many rows, 1 to <see cref="MaxTop"/>.</param>
    /// <param name="from">Where the page begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BoardPage?> FindAsync(string board, DateOnly? date, int top, BoardCursor from, CancellationToken cancellationToken)
    {
        if (await MetaAsync(board, date, cancellationToken) is not { } meta)
            return null;
        if (from.Edition is { } before && before == meta.EditionBefore && before != meta.Edition)
            return await FindBeforeAsync(board, meta, top, from.After, cancellationToken);
        var last = (int)Math.Min((long)from.After + top, meta.Rows);
        var rows = from.After < last ? await reader.RowsAsync(board, meta, from.After + 1, last, cancellationToken) : [];
        // A board published while its day still ran is published again when the day is over.
        var isFinal = meta.AsOf >= new DateTimeOffset(meta.Date, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
        return new BoardPage(board, meta.Date, meta.AsOf, meta.Total, rows, null)
        {
            IsFinal = isFinal,
            Next = last < meta.Rows ? last : 0,
            Edition = meta.Edition,
        };
    }

    /// <summary>
    /// Where an account stands; null when the board was not published that day, or does not rank the account. On <c>movers</c> only those
    /// among the places shown
    /// are found.
    /// </summary>
    /// <param name="board">The board's name.</param>
    /// <param name="date">The day; null for the latest.</param>
    /// <param name="account">Whose place.</param>
    /// <param name="span">How many neighbours on each side, 0 to <see cref="MaxSpan"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BoardAround?> AroundAsync(
        string board,
        DateOnly? date,
        AccountId account,
        int span,
        CancellationToken cancellationToken
    )
    {
        if (await MetaAsync(board, date, cancellationToken) is not { } meta)
            return null;
        if (await reader.RankAsync(board, meta, account.Value, cancellationToken) is { } rank)
        {
            var rows = await reader.RowsAsync(board, meta, Math.Max(1, rank - span), Math.Min(meta.Rows, rank + span), cancellationToken);
            var row = rows.Single(r => r.Rank == rank);
            var place = meta.IsByGain ? ScoreHistogram.PlaceOfGain(row.Change!.Value) : row.Score;
            return new BoardAround(board, meta.Date, meta.AsOf, meta.Total, account.Value, rank, meta.Histogram.PercentileOf(place), rows);
        }

        return await ScoreAsync(board, meta, account, cancellationToken) is { } beyond
            ? new BoardAround(
                board,
                meta.Date,
                meta.AsOf,
                meta.Total,
                account.Value,
                meta.Histogram.RankOf(beyond),
                meta.Histogram.PercentileOf(beyond),
                []
            )
            : null;
    }

    // How many rows the edition before has is not kept: one more than asked for tells whether there is another page.
    private async Task<BoardPage> FindBeforeAsync(string board, BoardMeta meta, int top, int after, CancellationToken cancellationToken)
    {
        var (edition, last) = (meta.EditionBefore!, (int)Math.Min((long)after + top + 1, int.MaxValue));
        var rows = after < last ? await reader.RowsAsync(board, meta with { Edition = edition }, after + 1, last, cancellationToken) : [];
        return new BoardPage(board, meta.Date, meta.AsOf, meta.Total, [.. rows.Take(top)], null)
        {
            Next = rows.Count > top ? after + top : 0,
            Edition = edition,
        };
    }

    private async Task<BoardMeta?> MetaAsync(string board, DateOnly? date, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(cancellationToken);
        return (date ?? await reader.LatestAsync(board, cancellationToken)) is { } day
            ? await reader.MetaAsync(board, day, cancellationToken)
            : null;
    }

    private async Task<double?> ScoreAsync(string board, BoardMeta meta, AccountId account, CancellationToken cancellationToken)
    {
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var row = await deployment.Accounts.GetEntityIfExistsAsync<TableEntity>(
            keys.PartitionOf(account),
            keys.StateOf(account),
            Columns,
            cancellationToken
        );
        return row.HasValue ? BoardScore.Of(AccountRow.ReadSummary(row.Value!, account, keys.Hasher), board, meta) : null;
    }
}
