using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>Reads and writes boards in the Leaderboards table, see <see cref="BoardKeys"/>.</summary>
internal sealed class BoardStore(TableClient table, OptimisticConcurrency concurrency)
{
    // Each place has two rows, and a transaction takes 100.
    private const int PlacesAtATime = 50;

    /// <summary>The latest published day of a board; null for a board that was never published.</summary>
    public async Task<DateOnly?> LatestAsync(string board, CancellationToken cancellationToken)
    {
        var key = TableKey.Encode(board);
        var pointer = await table.GetEntityIfExistsAsync<TableEntity>(BoardKeys.Latest, key, cancellationToken: cancellationToken);
        return pointer.HasValue ? BoardKeys.ReadDate(pointer.Value!.GetString("Date")) : null;
    }

    /// <summary>A day of a board as a whole; null for a day that was not published.</summary>
    public async Task<BoardMeta?> MetaAsync(string board, DateOnly date, CancellationToken cancellationToken)
    {
        var partition = BoardKeys.Partition(board, date);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, BoardKeys.Meta, cancellationToken: cancellationToken);
        return found.HasValue ? BoardMeta.Read(date, found.Value!) : null;
    }

    /// <summary>The rows of an edition from one position to another, both inclusive.</summary>
    public async Task<List<BoardRow>> RowsAsync(
        string board,
        DateOnly date,
        string edition,
        int first,
        int last,
        CancellationToken cancellationToken
    )
    {
        var partition = BoardKeys.Partition(board, date);
        var (from, to) = (BoardKeys.Row(edition, first), BoardKeys.Row(edition, last));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}");
        var rows = new List<BoardRow>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(RowOf(row));
        return rows;
    }

    /// <summary>The position of an account among the places shown, from 1; null for one that is not among them.</summary>
    public async Task<int?> PositionAsync(string board, BoardMeta meta, string account, CancellationToken cancellationToken)
    {
        var (partition, key) = (BoardKeys.Partition(board, meta.Date), BoardKeys.Index(meta.Current.Name, account));
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetInt32("Position") : null;
    }

    /// <summary>Every published day of every board; of one board where it is named.</summary>
    public async Task<List<(string Board, DateOnly Date)>> DaysAsync(CancellationToken cancellationToken, string? board = null)
    {
        var (from, to) = board is null ? ("", "~") : ($"{TableKey.Encode(board)}|", $"{TableKey.Encode(board)}}}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {BoardKeys.Days} and RowKey ge {from} and RowKey lt {to}");
        var days = new List<(string, DateOnly)>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, null, ["Board", "Date"], cancellationToken))
            days.Add((row.GetString("Board"), BoardKeys.ReadDate(row.GetString("Date"))));
        return days;
    }

    /// <summary>
    /// Writes a board of a day; idempotent. Its rows come first, then the row that makes them count, the pointer to the latest day last.
    /// The same publication again changes no row that readers were given: the first of its editions that counts remains.
    /// </summary>
    /// <returns>Whether it counts; false where the day's board is of a publication that was requested later.</returns>
    public async Task<bool> WriteAsync(string name, BoardEdition board, CancellationToken cancellationToken)
    {
        var partition = BoardKeys.Partition(name, board.Run.Date);
        var known = await MetaAsync(name, board.Run.Date, cancellationToken);
        if (known?.Before?.Name == board.Name)
            return false;
        string? forgotten = null;
        if (known?.Publication != board.Run.Id)
        {
            var before = await DayBeforeAsync(name, board.Run.Date, cancellationToken);
            await WriteRowsAsync(name, board, before, cancellationToken);
            (var isOut, known) = await FlipAsync(name, board, before, cancellationToken);
            // Unless they count, or did and their pages may still be turned.
            if (!isOut && known!.Current.Name != board.Name && known.Before?.Name != board.Name)
                await DeleteEditionAsync(partition, board.Name, cancellationToken);
            if (!isOut && known!.Publication != board.Run.Id)
                return false;
            // Pages of the edition before may still be turned; those of the one before that are long forgotten.
            forgotten = isOut && known?.Before?.Name != board.Name ? known?.Before?.Name : null;
        }

        await NoteDayAsync(name, board, cancellationToken);
        await PointAsync(name, board.Run.Date, cancellationToken);
        if (forgotten is not null)
            await DeleteEditionAsync(partition, forgotten, cancellationToken);
        return true;
    }

    private async Task WriteRowsAsync(string name, BoardEdition board, DateOnly? dayBefore, CancellationToken cancellationToken)
    {
        var before = await PlacesOfAsync(name, dayBefore, cancellationToken);
        var partition = BoardKeys.Partition(name, board.Run.Date);
        var rows = board.Places.Select((entry, i) => PlaceOf(partition, board, i + 1, entry, before));
        foreach (var chunk in rows.Chunk(PlacesAtATime))
        {
            var actions = chunk.SelectMany(p => p).Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r));
            await table.SubmitTransactionAsync(actions, cancellationToken);
        }
    }

    /// <summary>
    /// Deletes a day of a board. Idempotent: what is gone already is no error, and a deletion that broke off is found again.
    /// </summary>
    public async Task DeleteAsync(string name, DateOnly date, CancellationToken cancellationToken)
    {
        var partition = BoardKeys.Partition(name, date);
        // First the row without which nobody reads the others; last the one by which a deletion that broke off is found.
        await table.DeleteEntityAsync(partition, BoardKeys.Meta, ETag.All, cancellationToken);
        await DeleteRowsAsync(partition, "", "~", cancellationToken);
        await table.DeleteEntityAsync(BoardKeys.Days, BoardKeys.Day(name, date), ETag.All, cancellationToken);
    }

    private async Task<DateOnly?> DayBeforeAsync(string board, DateOnly date, CancellationToken cancellationToken) =>
        (await DaysAsync(cancellationToken, board)).Select(d => d.Date).Where(d => d < date).Cast<DateOnly?>().Max();

    private async Task<Dictionary<string, BoardRow>?> PlacesOfAsync(string board, DateOnly? day, CancellationToken cancellationToken)
    {
        if (day is null || await MetaAsync(board, day.Value, cancellationToken) is not { } meta)
            return null;
        var rows = await RowsAsync(board, meta.Date, meta.Current.Name, 1, meta.Current.Rows, cancellationToken);
        return rows.Where(r => r.Id != ErasedBoards.Erased).ToDictionary(r => r.Id, StringComparer.Ordinal);
    }

    // What was requested later is not replaced, nor what the same publication has made count. Tells what was there.
    private async Task<(bool IsOut, BoardMeta? Known)> FlipAsync(
        string name,
        BoardEdition board,
        DateOnly? dayBefore,
        CancellationToken cancellationToken
    )
    {
        var edit = await concurrency.EditAsync(
            table,
            BoardKeys.Partition(name, board.Run.Date),
            BoardKeys.Meta,
            row =>
                row is not null && Remains(BoardMeta.Read(board.Run.Date, row)!)
                    ? null
                    : BoardMeta.Row(name, board, BoardMeta.Read(board.Run.Date, row), dayBefore),
            cancellationToken
        );
        return (edit.After is not null, edit.Before is null ? null : BoardMeta.Read(board.Run.Date, edit.Before));

        bool Remains(BoardMeta known) => known.Publication == board.Run.Id || !board.Run.IsLaterThan(known.RequestedAt, known.Publication);
    }

    private Task<Response> NoteDayAsync(string name, BoardEdition board, CancellationToken cancellationToken)
    {
        var day = new TableEntity(BoardKeys.Days, BoardKeys.Day(name, board.Run.Date))
        {
            ["Board"] = name,
            ["Date"] = BoardKeys.Key(board.Run.Date),
        };
        return table.UpsertEntityAsync(day, TableUpdateMode.Replace, cancellationToken);
    }

    // A newer day stays the latest.
    private Task<RowEdit> PointAsync(string name, DateOnly date, CancellationToken cancellationToken)
    {
        var pointer = new TableEntity(BoardKeys.Latest, TableKey.Encode(name)) { ["Board"] = name, ["Date"] = BoardKeys.Key(date) };
        return concurrency.EditAsync(
            table,
            pointer.PartitionKey,
            pointer.RowKey,
            row => row is not null && BoardKeys.ReadDate(row.GetString("Date")) >= date ? null : pointer,
            cancellationToken
        );
    }

    private Task DeleteEditionAsync(string partition, string edition, CancellationToken cancellationToken) =>
        DeleteRowsAsync(partition, $"{edition}|", $"{edition}}}", cancellationToken);

    private Task DeleteRowsAsync(string partition, string from, string to, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        return TableSweep.DeletePartitionAsync(table, filter, cancellationToken);
    }

    private static TableEntity[] PlaceOf(
        string partition,
        BoardEdition board,
        int position,
        BoardEntry entry,
        Dictionary<string, BoardRow>? before
    )
    {
        var id = entry.Account.Value;
        var rank = board.Everyone.RankOf(board.PlaceOf(entry));
        var then = before?.GetValueOrDefault(id);
        var place = new TableEntity(partition, BoardKeys.Row(board.Name, position))
        {
            ["Id"] = id,
            ["Rank"] = rank,
            ["Score"] = entry.Score,
            ["Influence"] = entry.Influence,
            // Nothing to compare with is no change of 0: the column stays away.
            ["Change"] = board.RanksGain ? entry.Gain : entry.Score - then?.Score,
            ["Move"] = then?.Rank - rank,
            ["Name"] = entry.Name,
            ["NamedBy"] = entry.NamedBy,
            ["Trend"] = entry.Trend,
        };
        return [place, new TableEntity(partition, BoardKeys.Index(board.Name, id)) { ["Position"] = position }];
    }

    private static BoardRow RowOf(TableEntity row) =>
        new(
            row.GetInt32("Rank")!.Value,
            row.GetString("Id"),
            row.GetDouble("Score")!.Value,
            row.GetDouble("Influence")!.Value,
            row.GetDouble("Change"),
            row.GetInt32("Move"),
            row.GetString("Name")
        )
        {
            NamedBy = row.GetString("NamedBy"),
            Trend = ScoreTrend.Read(row.GetString("Trend")),
        };
}
