using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>Reads boards.</summary>
internal sealed class BoardReader(TableClient table)
{
    /// <summary>The day the board's pointer names; null for a board that was never published.</summary>
    public async Task<DateOnly?> LatestAsync(string board, CancellationToken cancellationToken) =>
        (await PointerAsync(board, cancellationToken))?.Date;

    /// <summary>The board's pointer; null for a board that was never published.</summary>
    public async Task<BoardPointer?> PointerAsync(string board, CancellationToken cancellationToken)
    {
        var pointer = await table.GetEntityIfExistsAsync<TableEntity>(
            BoardKeys.Latest,
            TableKey.Encode(board),
            cancellationToken: cancellationToken
        );
        return pointer.HasValue ? new BoardPointer(BoardKeys.ReadDate(pointer.Value!.GetString("Date")), pointer.Value.ETag) : null;
    }

    /// <summary>The day as a whole; null for a day that was not published.</summary>
    public async Task<BoardMeta?> MetaAsync(string board, DateOnly date, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            BoardKeys.Partition(board, date),
            BoardKeys.Meta,
            cancellationToken: cancellationToken
        );
        if (!found.HasValue)
            return null;
        var row = found.Value!;
        return new BoardMeta(
            date,
            row.GetDateTimeOffset("AsOf")!.Value,
            row.GetInt32("Total")!.Value,
            row.GetInt32("Rows")!.Value,
            row.GetString("Edition"),
            row.GetString("EditionBefore"),
            ScoreHistogram.Read(row.GetBinary("Histogram")),
            row.ETag
        )
        {
            RequestedAt = row.GetDateTimeOffset("RequestedAt"),
            IsByGain = row.GetBoolean("IsByGain") ?? false,
        };
    }

    /// <summary>The rows of the ranks from <paramref name="first"/> to <paramref name="last"/>, inclusive.</summary>
    public async Task<List<BoardRow>> RowsAsync(string board, BoardMeta meta, int first, int last, CancellationToken cancellationToken)
    {
        var (partition, from, to) = (
            BoardKeys.Partition(board, meta.Date),
            BoardKeys.Row(meta.Edition, first),
            BoardKeys.Row(meta.Edition, last)
        );
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}");
        var rows = new List<BoardRow>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(Read(row));
        return rows;
    }

    /// <summary>The rank of an account among the places shown; null for one that is not among them.</summary>
    public async Task<int?> RankAsync(string board, BoardMeta meta, string account, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            BoardKeys.Partition(board, meta.Date),
            BoardKeys.Index(meta.Edition, account),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? row.Value!.GetInt32("Rank") : null;
    }

    /// <summary>The places of the published day before, by account; null when there is none.</summary>
    public async Task<IReadOnlyDictionary<string, BoardRow>?> PlacesBeforeAsync(
        string board,
        DateOnly date,
        CancellationToken cancellationToken
    )
    {
        var day = (await DaysAsync(board, cancellationToken))
            .Where(d => d < date)
            .OrderDescending()
            .Select(d => (DateOnly?)d)
            .FirstOrDefault();
        if (day is null || await MetaAsync(board, day.Value, cancellationToken) is not { } meta)
            return null;
        return (await RowsAsync(board, meta, 1, meta.Rows, cancellationToken)).ToDictionary(r => r.Id);
    }

    /// <summary>Every board with its published days, ascending.</summary>
    public async Task<List<BoardDays>> BoardsAsync(CancellationToken cancellationToken) =>
        [
            .. (await PublishedAsync(cancellationToken))
                .GroupBy(d => d.Board)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => BoardDays.Of(g.Key, g.Select(d => d.Date))),
        ];

    /// <summary>Every published day of every board.</summary>
    public async Task<List<(string Board, DateOnly Date)>> PublishedAsync(CancellationToken cancellationToken)
    {
        var days = new List<(string Board, DateOnly Date)>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {BoardKeys.Days}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["Board", "Date"], cancellationToken: cancellationToken))
            days.Add((row.GetString("Board"), BoardKeys.ReadDate(row.GetString("Date"))));
        return days;
    }

    private async Task<List<DateOnly>> DaysAsync(string board, CancellationToken cancellationToken)
    {
        var (from, to) = ($"{TableKey.Encode(board)}|", $"{TableKey.Encode(board)}}}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {BoardKeys.Days} and RowKey ge {from} and RowKey lt {to}");
        var days = new List<DateOnly>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["Date"], cancellationToken: cancellationToken))
            days.Add(BoardKeys.ReadDate(row.GetString("Date")));
        return days;
    }

    private static BoardRow Read(TableEntity row) =>
        new(
            int.Parse(row.RowKey.AsSpan(row.RowKey.LastIndexOf('|') + 1), System.Globalization.CultureInfo.InvariantCulture),
            row.GetString("Id"),
            row.GetDouble("Score")!.Value,
            row.GetDouble("Influence")!.Value,
            row.GetDouble("Change"),
            row.GetInt32("Move")
        );
}
