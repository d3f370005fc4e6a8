using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Influence.Pipeline.Recompute;

/// <summary>The Journal table: what actors did, a packed row for each message of facts.</summary>
/// <remarks>
/// Rows stay until a settlement folds them into pages.
/// Partition: the day the message came in; row: its id, so that a message that is delivered again adds nothing. <c>IsFolded</c> tells a
/// fold what is new; a folded row stays without its bytes, as a tombstone, until <see cref="Retention"/> deletes it.
/// </remarks>
internal sealed class ActivityJournal(TableClient table)
{
    /// <summary>How many days a folded row stays: longer than a message waits in a queue or comes again.</summary>
    public const int TombstoneDays = 9;

    private const int Layout = 2;
    private const int RowsATransaction = 100;
    private const int TransactionsAtATime = 8;
    private const string IsFolded = "IsFolded";
    private const string Bytes = "Bytes";
    private const string DayFormat = "yyyyMMdd";

    /// <summary>Notes what the actors of a message did. Idempotent.</summary>
    public async Task AddAsync(FactsMessage message, IReadOnlyList<Fact> facts, KeyHasher keys, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("journal");
        // A part of a message that failed for some accounts: the whole was noted before.
        if (message.Id.Contains('.', StringComparison.Ordinal) || Pack(message, facts, keys) is not { } packed)
            return;
        var row = new TableEntity(DayOf(message.ReceivedAt), TableKey.Encode(message.Id))
        {
            ["V"] = Layout,
            [IsFolded] = false,
            [Bytes] = packed.Length,
        };
        RowBytes.Put(row, packed);
        // False where it is known already.
        await table.TryWriteAsync(row, null, cancellationToken);
    }

    /// <summary>The rows that no fold has taken, oldest day first, in a fixed order.</summary>
    public async Task<List<JournalRow>> NewAsync(int most, CancellationToken cancellationToken)
    {
        // A scan of the table: it holds nine days of messages at most, all but the new ones without their bytes.
        var rows = new List<JournalRow>();
        string[] columns = ["PartitionKey", "RowKey", Bytes];
        await foreach (var row in table.QueryAsync<TableEntity>($"{IsFolded} eq false", null, columns, cancellationToken))
        {
            rows.Add(new JournalRow(row.PartitionKey, row.RowKey, row.GetInt32(Bytes) ?? 0));
            if (rows.Count == most)
                break;
        }

        return rows;
    }

    /// <summary>Those of some rows that are still there with their bytes, in their order.</summary>
    /// <param name="rows">In the order of their keys.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<byte[]> ReadAsync(
        IReadOnlyList<JournalRow> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var day in rows.GroupBy(r => r.Partition))
        {
            var (partition, from, to) = (day.Key, day.First().Row, day.Last().Row);
            var wanted = day.Select(r => r.Row).ToHashSet(StringComparer.Ordinal);
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to} and IsFolded eq false"
            );
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
                if (wanted.Contains(row.RowKey))
                    yield return RowBytes.Of(row);
        }
    }

    /// <summary>Leaves tombstones of rows that a fold has taken. Idempotent.</summary>
    public Task MarkFoldedAsync(IEnumerable<JournalRow> rows, CancellationToken cancellationToken)
    {
        var chunks = rows.GroupBy(r => r.Partition).SelectMany(day => day.Chunk(RowsATransaction));
        return Parallel.ForEachAsync(
            chunks,
            Parallelism.AtMost(TransactionsAtATime, cancellationToken),
            async (chunk, token) => await table.SubmitTransactionAsync(chunk.Select(Tombstone), token)
        );
    }

    /// <summary>Deletes tombstones past their time, and what is so old that it counts nowhere.</summary>
    public async Task DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (folded, any) = (DayKey(now.AddDays(-TombstoneDays)), DayKey(now.AddDays(-TombstoneDays - Activity.WindowDays)));
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {folded} and IsFolded eq true");
        string[] columns = ["PartitionKey"];
        var days = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, null, columns, cancellationToken))
            days.Add(row.PartitionKey);
        foreach (var day in days)
        {
            var ofDay = TableClient.CreateQueryFilter($"PartitionKey eq {day} and IsFolded eq true");
            await TableSweep.DeletePartitionAsync(table, ofDay, cancellationToken);
        }

        await TableSweep.DeleteAsync(table, TableClient.CreateQueryFilter($"PartitionKey lt {any}"), cancellationToken);
    }

    // Null for a message without anybody's activity. An undo is none: what it takes back was done all the same.
    private static byte[]? Pack(FactsMessage message, IReadOnlyList<Fact> facts, KeyHasher keys)
    {
        var (actors, last) = (new Dictionary<ulong, Activity>(), Activity.DayOf(message.ReceivedAt));
        // A client's repetition within a batch counts once, as it does for the score.
        foreach (var fact in facts.OfType<Interaction>().DistinctBy(keys.KeyOf))
        {
            // Older than any window that a settlement may look through.
            if (Activity.DayOf(fact.At) <= last - Activity.WindowDays)
                continue;
            var (actor, own) = (keys.KeyOf(fact.Actor), Activity.Of(fact, keys));
            actors[actor] = actors.TryGetValue(actor, out var known) ? known.Merge(own) : own;
        }

        if (actors.Count == 0)
            return null;
        var packed = ActivityPage.Pack(actors);
        // Only texts can be that long.
        return packed.Length <= RowBytes.Max
            ? packed
            : ActivityPage.Pack(actors.Select(a => KeyValuePair.Create(a.Key, a.Value.WithoutTexts())));
    }

    private static TableTransactionAction Tombstone(JournalRow row) =>
        new(TableTransactionActionType.UpsertReplace, new TableEntity(row.Partition, row.Row) { ["V"] = Layout, [IsFolded] = true });

    private static string DayOf(long moment) => DayKey(DateTimeOffset.FromUnixTimeSeconds(moment));

    private static string DayKey(DateTimeOffset moment) => moment.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);
}

/// <summary>A row of the Journal.</summary>
/// <param name="Partition">Its partition, the day it came in.</param>
/// <param name="Row">Its key, a message's id.</param>
/// <param name="Bytes">How many bytes it holds.</param>
internal readonly record struct JournalRow(string Partition, string Row, int Bytes);
