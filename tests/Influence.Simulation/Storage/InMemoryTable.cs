using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Simulation.Storage;

/// <summary>A page of a query, and the key where the next one begins; null after the last.</summary>
internal sealed record TablePage(List<TableEntity> Rows, (string Partition, string Row)? Next);

/// <summary>
/// The rows of one table, in ordinal order of their keys. Every write gives the row a later timestamp and, made of it, a new ETag.
/// </summary>
internal sealed class InMemoryTable(string name, TimeProvider clock)
{
    private const int MaxRows = 1000;

    private readonly Lock gate = new();
    private readonly SortedList<string, SortedList<string, TableEntity>> partitions = new(StringComparer.Ordinal);
    private DateTimeOffset last;
    private bool exists;

    public string Name => name;

    /// <returns>False when it existed.</returns>
    public bool Create()
    {
        lock (gate)
        {
            var isNew = !exists;
            exists = true;
            return isNew;
        }
    }

    public void Drop()
    {
        lock (gate)
        {
            Demand();
            partitions.Clear();
            exists = false;
        }
    }

    /// <summary>Every row as it stands, whether or not the table exists: for whoever looks from outside.</summary>
    public List<TableEntity> All()
    {
        lock (gate)
            return [.. partitions.Values.SelectMany(p => p.Values).Select(row => EntityRules.Read(row, null))];
    }

    /// <summary>A copy of a row; null where there is no such row, or no such table.</summary>
    public TableEntity? Get(string partition, string row, IReadOnlyCollection<string>? select)
    {
        lock (gate)
            return Find(partition, row) is { } found ? EntityRules.Read(found, select) : null;
    }

    /// <summary>Deletes a row.</summary>
    /// <returns>False where there is no such row, or no such table.</returns>
    public bool Delete(string partition, string row, ETag tag)
    {
        lock (gate)
        {
            if (Find(partition, row) is not { } known)
                return false;
            CheckTag(known, tag);
            Put(partition, row, null);
            return true;
        }
    }

    /// <summary>Why <see cref="Get"/> finds nothing.</summary>
    public RequestFailedException Missing()
    {
        lock (gate)
            return exists ? NotFound() : NoTable();
    }

    /// <summary>One action by itself.</summary>
    /// <returns>The ETag of what was written; null after a deletion.</returns>
    public ETag? Run(TableTransactionAction action)
    {
        lock (gate)
        {
            Demand();
            return Apply(action);
        }
    }

    /// <summary>All actions or none.</summary>
    /// <exception cref="TableTransactionFailedException">One of them was refused; nothing was written.</exception>
    public List<ETag?> Run(IReadOnlyList<TableTransactionAction> actions)
    {
        lock (gate)
        {
            Demand();
            TransactionRules.Check(actions);
            var before = actions.Select(a => (a.Entity, Row: Find(a.Entity.PartitionKey, a.Entity.RowKey))).ToList();
            var tags = new List<ETag?>(actions.Count);
            try
            {
                foreach (var action in actions)
                    tags.Add(Apply(action));
                return tags;
            }
            catch (RequestFailedException e)
            {
                foreach (var (entity, row) in before)
                    Put(entity.PartitionKey, entity.RowKey, row);
                throw StorageErrors.OfAction(tags.Count, e);
            }
        }
    }

    /// <summary>Looks at some rows from a key on, and takes those that match.</summary>
    /// <param name="filter">Which rows.</param>
    /// <param name="from">Where to begin; null for the first row.</param>
    /// <param name="most">Most rows of the page.</param>
    /// <param name="looks">Most rows to look at.</param>
    /// <param name="select">Which properties; null for all.</param>
    public TablePage Query(
        ODataFilter filter,
        (string Partition, string Row)? from,
        int most,
        int looks,
        IReadOnlyCollection<string>? select
    )
    {
        lock (gate)
        {
            Demand();
            var rows = new List<TableEntity>();
            foreach (var row in RowsFrom(filter, from))
            {
                if (rows.Count == Math.Min(most, MaxRows) || looks-- == 0)
                    return new TablePage(rows, (row.PartitionKey, row.RowKey));
                if (filter.Matches(row))
                    rows.Add(EntityRules.Read(row, select));
            }

            return new TablePage(rows, null);
        }
    }

    private IEnumerable<TableEntity> RowsFrom(ODataFilter filter, (string Partition, string Row)? from)
    {
        var (low, high) = filter.Bounds(nameof(TableEntity.PartitionKey));
        var (lowRow, highRow) = filter.Bounds(nameof(TableEntity.RowKey));
        for (var p = FirstAt(partitions, Later(low, from?.Partition)); p < partitions.Count; p++)
        {
            var partition = partitions.GetKeyAtIndex(p);
            if (high is not null && string.CompareOrdinal(partition, high) > 0)
                yield break;
            var rows = partitions.GetValueAtIndex(p);
            var first = partition == from?.Partition ? Later(lowRow, from?.Row) : lowRow;
            for (var r = FirstAt(rows, first); r < rows.Count; r++)
            {
                if (highRow is not null && string.CompareOrdinal(rows.GetKeyAtIndex(r), highRow) > 0)
                    break;
                yield return rows.GetValueAtIndex(r);
            }
        }
    }

    private ETag? Apply(TableTransactionAction action)
    {
        var (type, given) = (action.ActionType, action.Entity);
        if (type == TableTransactionActionType.Delete)
        {
            CheckTag(Find(given.PartitionKey, given.RowKey) ?? throw NotFound(), action.ETag);
            Put(given.PartitionKey, given.RowKey, null);
            return null;
        }

        var row = EntityRules.Stored(given);
        var known = Find(row.PartitionKey, row.RowKey);
        if (type == TableTransactionActionType.Add && known is not null)
            throw StorageErrors.Of(409, TableErrorCode.EntityAlreadyExists.ToString());
        // Without If-Match an update is an upsert.
        if (type is TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpdateMerge && action.ETag != default)
            CheckTag(known ?? throw NotFound(), action.ETag);
        if (type is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge && known is not null)
            row = EntityRules.Merged(known, row);
        var now = clock.GetUtcNow();
        last = now > last ? now : last.AddTicks(1);
        row.Timestamp = last;
        row.ETag = new ETag($"W/\"datetime'{Uri.EscapeDataString(last.UtcDateTime.ToString("O"))}'\"");
        Put(row.PartitionKey, row.RowKey, row);
        return row.ETag;
    }

    private static void CheckTag(TableEntity known, ETag tag)
    {
        if (tag != default && tag != ETag.All && tag != known.ETag)
            throw StorageErrors.Of(412, TableErrorCode.UpdateConditionNotSatisfied.ToString());
    }

    private TableEntity? Find(string partition, string row) =>
        partitions.TryGetValue(partition, out var rows) ? rows.GetValueOrDefault(row) : null;

    private void Put(string partition, string row, TableEntity? entity)
    {
        if (!partitions.TryGetValue(partition, out var rows))
        {
            if (entity is null)
                return;
            partitions[partition] = rows = new SortedList<string, TableEntity>(StringComparer.Ordinal);
        }

        if (entity is not null)
            rows[row] = entity;
        else if (rows.Remove(row) && rows.Count == 0)
            partitions.Remove(partition);
    }

    private void Demand()
    {
        if (!exists)
            throw NoTable();
    }

    private static RequestFailedException NoTable() => StorageErrors.Of(404, TableErrorCode.TableNotFound.ToString());

    private static RequestFailedException NotFound() => StorageErrors.Of(404, TableErrorCode.ResourceNotFound.ToString());

    private static string? Later(string? a, string? b) => string.CompareOrdinal(a, b) > 0 ? a : b;

    // The index of the first key that is not below one.
    private static int FirstAt<T>(SortedList<string, T> list, string? key)
    {
        var (low, high) = (0, list.Count);
        while (key is not null && low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(list.GetKeyAtIndex(middle), key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return key is null ? 0 : low;
    }
}
