using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>
/// Writes a board of a day: rows first, then the row that makes them count, the <c>latest</c> pointer last. The same publication again
/// lands on the same rows.
/// </summary>
internal sealed class BoardWriter(TableClient table, BoardReader reader)
{
    // Each place has two rows, and a transaction takes 100.
    private const int PlacesAtATime = 50;

    private const int Attempts = 20;

    public async Task WriteAsync(string name, BoardEdition board, CancellationToken cancellationToken)
    {
        var before = await reader.PlacesBeforeAsync(name, board.Date, cancellationToken);
        var partition = BoardKeys.Partition(name, board.Date);
        var rows = board.Places.Select((entry, i) => PlaceOf(partition, board, i + 1, entry, before));
        foreach (var chunk in rows.Chunk(PlacesAtATime))
            await table.SubmitTransactionAsync(
                chunk.SelectMany(p => p).Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)),
                cancellationToken
            );
        var replaced = await DescribeAsync(name, board, cancellationToken);
        if (replaced?.RequestedAt > board.RequestedAt)
        {
            // Unless it was out before, and its readers still turn the pages.
            if (replaced.EditionBefore != board.Edition)
                await DeleteEditionAsync(partition, board.Edition, cancellationToken);
            return;
        }

        await PointAsync(name, board.Date, cancellationToken);
        // Readers of the edition before may still be turning its pages; those of the one before that are long gone.
        if (replaced?.EditionBefore is { } old && old != board.Edition && replaced.Edition != board.Edition)
            await DeleteEditionAsync(partition, old, cancellationToken);
    }

    /// <summary>Deletes a day of a board; what is gone already is no error.</summary>
    public async Task DeleteAsync(string name, DateOnly date, CancellationToken cancellationToken)
    {
        var partition = BoardKeys.Partition(name, date);
        // First the row without which nobody reads the others, so that nobody reads half of them; last the one by which a deletion that
        // broke off is found again.
        await table.DeleteEntityAsync(partition, BoardKeys.Meta, Azure.ETag.All, cancellationToken);
        await DeleteRowsAsync(partition, "", "~", cancellationToken);
        await table.DeleteEntityAsync(BoardKeys.Days, BoardKeys.Day(name, date), Azure.ETag.All, cancellationToken);
    }

    private static TableEntity[] PlaceOf(
        string partition,
        BoardEdition board,
        int rank,
        BoardEntry entry,
        IReadOnlyDictionary<string, BoardRow>? before
    )
    {
        var id = entry.Account.Value;
        var then = before?.GetValueOrDefault(id);
        var place = new TableEntity(partition, BoardKeys.Row(board.Edition, rank))
        {
            ["Id"] = id,
            ["Score"] = entry.Score,
            ["Influence"] = entry.Influence,
            // Nothing to compare with is no change of 0: the column stays away.
            ["Change"] = board.ChangeIsGain ? entry.Gain : entry.Score - then?.Score,
            ["Move"] = then?.Rank - rank,
        };
        return [place, new TableEntity(partition, BoardKeys.Index(board.Edition, id)) { ["Rank"] = rank }];
    }

    // What it replaces; null for a day that was not published yet. What was asked for later is not replaced.
    private async Task<BoardMeta?> DescribeAsync(string name, BoardEdition board, CancellationToken cancellationToken)
    {
        BoardMeta? known;
        do
        {
            known = await reader.MetaAsync(name, board.Date, cancellationToken);
            if (known?.RequestedAt > board.RequestedAt)
                return known;
        } while (!await table.TryWriteAsync(MetaOf(name, board, known), known?.ETag, cancellationToken));
        var day = new TableEntity(BoardKeys.Days, BoardKeys.Day(name, board.Date))
        {
            ["Board"] = name,
            ["Date"] = BoardKeys.Key(board.Date),
            ["AsOf"] = board.AsOf,
            ["Total"] = board.Everyone.Total,
        };
        await table.UpsertEntityAsync(day, TableUpdateMode.Replace, cancellationToken);
        return known;
    }

    private static TableEntity MetaOf(string name, BoardEdition board, BoardMeta? known) =>
        new(BoardKeys.Partition(name, board.Date), BoardKeys.Meta)
        {
            ["V"] = 1,
            ["AsOf"] = board.AsOf,
            ["RequestedAt"] = board.RequestedAt,
            ["Total"] = board.Everyone.Total,
            ["Rows"] = board.Places.Count,
            ["Edition"] = board.Edition,
            ["EditionBefore"] = known?.Edition == board.Edition ? known.EditionBefore : known?.Edition,
            ["Histogram"] = board.Everyone.Pack(),
            ["IsByGain"] = board.ChangeIsGain,
        };

    // An old day published again, or at the same moment, must not become the latest.
    private async Task PointAsync(string name, DateOnly date, CancellationToken cancellationToken)
    {
        var pointer = new TableEntity(BoardKeys.Latest, TableKey.Encode(name)) { ["Board"] = name, ["Date"] = BoardKeys.Key(date) };
        BoardPointer? latest;
        do latest = await reader.PointerAsync(name, cancellationToken);
        while (!(latest?.Date >= date) && !await table.TryWriteAsync(pointer, latest?.ETag, cancellationToken));
    }

    private Task DeleteEditionAsync(string partition, string edition, CancellationToken cancellationToken) =>
        DeleteRowsAsync(partition, $"{edition}|", $"{edition}}}", cancellationToken);

    private async Task DeleteRowsAsync(string partition, string from, string to, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DeleteFoundAsync(
                    TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"),
                    cancellationToken
                );
                return;
            }
            catch (Azure.RequestFailedException e) when (e.Status == 404 && attempt < Attempts)
            {
                // Another publication deletes the same: what it left is looked for again.
            }
        }
    }

    private async Task DeleteFoundAsync(string filter, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction>();
        await foreach (
            var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
        )
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, Azure.ETag.All));
        foreach (var chunk in actions.Chunk(2 * PlacesAtATime))
            await table.SubmitTransactionAsync(chunk, cancellationToken);
    }
}
