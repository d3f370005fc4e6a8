using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline;

/// <summary>Writes a board of a day: rows first, then what describes them, the <c>latest</c> pointer last. The same day again lands on the same rows.</summary>
internal sealed class BoardWriter(TableClient table, BoardReader reader)
{
    private const int RowsAtATime = 100;

    public async Task WriteAsync(string name, Board board, DateOnly date, long asOf, CancellationToken stop)
    {
        var entries = board.Ranked();
        var before = await reader.ScoresBeforeAsync(name, date, stop);
        var rowsThen = (await reader.MetaAsync(name, date, stop))?.Rows ?? 0;
        var partition = BoardTable.Partition(name, date);
        var rows = entries.Select((entry, i) => RowOf(partition, i + 1, entry, before));
        foreach (var chunk in rows.Chunk(RowsAtATime))
            await table.SubmitTransactionAsync(chunk.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), stop);
        await DescribeAsync(name, board, date, asOf, entries.Count, stop);
        // Only now: a reader who still held the longer board has turned its last page or gets an empty one.
        for (var rank = entries.Count + 1; rank <= rowsThen; rank++) await table.DeleteEntityAsync(partition, BoardTable.Row(rank), ETag.All, stop);
        await PointAsync(name, date, stop);
    }

    private static TableEntity RowOf(string partition, int rank, BoardEntry entry, IReadOnlyDictionary<string, double>? before) =>
        new(partition, BoardTable.Row(rank))
        {
            ["Id"] = entry.Account.Value,
            ["Score"] = entry.Score,
            ["Influence"] = entry.Influence,
            // Nothing to compare with is no change of 0: the column stays away.
            ["Change"] = before is not null && before.TryGetValue(entry.Account.Value, out var then) ? entry.Score - then : (double?)null,
        };

    private async Task DescribeAsync(string name, Board board, DateOnly date, long asOf, int rows, CancellationToken stop)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(asOf);
        var meta = new TableEntity(BoardTable.Partition(name, date), BoardTable.Meta)
        {
            ["V"] = 1,
            ["AsOf"] = moment,
            ["Total"] = board.Histogram.Total,
            ["Rows"] = rows,
            ["Histogram"] = board.Histogram.Pack(),
        };
        var day = new TableEntity(BoardTable.Days, $"{TableKey.Encode(name)}|{BoardTable.Key(date)}")
        {
            ["Board"] = name,
            ["Date"] = BoardTable.Key(date),
            ["AsOf"] = moment,
            ["Total"] = board.Histogram.Total,
        };
        await table.UpsertEntityAsync(meta, TableUpdateMode.Replace, stop);
        await table.UpsertEntityAsync(day, TableUpdateMode.Replace, stop);
    }

    // An old day published again must not become the latest.
    private async Task PointAsync(string name, DateOnly date, CancellationToken stop)
    {
        if (await reader.LatestAsync(name, stop) is { } latest && latest > date) return;
        var pointer = new TableEntity(BoardTable.Latest, TableKey.Encode(name)) { ["Board"] = name, ["Date"] = BoardTable.Key(date) };
        await table.UpsertEntityAsync(pointer, TableUpdateMode.Replace, stop);
    }
}
