using System.Text;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Simulation.Storage;

/// <summary>What the service stores of an entity, and the limits it holds it to.</summary>
internal static class EntityRules
{
    private const int MaxKeyChars = 512;
    private const int MaxPropertyBytes = 64 * 1024;
    private const int MaxEntityBytes = 1024 * 1024;
    private const int MaxProperties = 252;
    private const int MaxNameChars = 255;

    private static readonly HashSet<string> System = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <summary>A copy that shares nothing with the caller's, of the types that a read brings back.</summary>
    /// <exception cref="Azure.RequestFailedException">A limit is exceeded.</exception>
    public static TableEntity Stored(ITableEntity given)
    {
        if (given is not TableEntity entity)
            throw new NotSupportedException($"Rows are {nameof(TableEntity)} here, not {given.GetType()}.");
        CheckKey(entity.PartitionKey);
        CheckKey(entity.RowKey);
        var stored = new TableEntity(entity.PartitionKey, entity.RowKey);
        foreach (var (name, value) in entity)
            if (value is not null && !System.Contains(name))
                stored[name] = Value(name, value);
        CheckSize(stored);
        return stored;
    }

    /// <summary>A copy for a reader: the properties asked for, or all.</summary>
    public static TableEntity Read(TableEntity stored, IReadOnlyCollection<string>? select)
    {
        var copy = new TableEntity();
        foreach (var (name, value) in stored)
            if (select is null || select.Contains(name))
                copy[name] = value is byte[] bytes ? bytes.Clone() : value;
        copy.ETag = stored.ETag;
        return copy;
    }

    /// <summary>The stored entity with the properties of another laid over it.</summary>
    public static TableEntity Merged(TableEntity below, TableEntity above)
    {
        var merged = Read(below, null);
        foreach (var (name, value) in above)
            merged[name] = value;
        CheckSize(merged);
        return merged;
    }

    /// <summary>About how many bytes an entity takes in a transaction's body: JSON, with binary in base64.</summary>
    public static long BodyBytes(TableEntity entity) =>
        600 + entity.Sum(p => (2L * p.Key.Length) + 24 + (p.Value is byte[] bytes ? bytes.Length * 4L / 3 : BytesOf(p.Value)));

    /// <exception cref="Azure.RequestFailedException">The key is too long or holds a forbidden character.</exception>
    public static void CheckKey(string? key)
    {
        if (key is null)
            throw StorageErrors.Of(400, TableErrorCode.PropertiesNeedValue.ToString());
        if (key.Length > MaxKeyChars)
            throw StorageErrors.Of(400, TableErrorCode.KeyValueTooLarge.ToString());
        if (key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
            throw StorageErrors.Of(400, "OutOfRangeInput");
    }

    private static object Value(string name, object value)
    {
        if (name.Length > MaxNameChars)
            throw StorageErrors.Of(400, TableErrorCode.PropertyNameTooLong.ToString());
        if (!(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            throw StorageErrors.Of(400, TableErrorCode.PropertyNameInvalid.ToString());
        var kept = value switch
        {
            byte[] bytes => bytes.Clone(),
            BinaryData data => data.ToArray(),
            DateTime moment => new DateTimeOffset(moment.ToUniversalTime(), TimeSpan.Zero),
            DateTimeOffset moment => moment.ToUniversalTime(),
            float number => (double)number,
            string or int or long or double or bool or Guid => value,
            _ => throw new NotSupportedException($"A property of type {value.GetType()} is none that tables hold."),
        };
        return BytesOf(kept) > MaxPropertyBytes ? throw StorageErrors.Of(400, TableErrorCode.PropertyValueTooLarge.ToString()) : kept;
    }

    private static void CheckSize(TableEntity entity)
    {
        var own = entity.Where(p => !System.Contains(p.Key)).ToList();
        if (own.Count > MaxProperties)
            throw StorageErrors.Of(400, TableErrorCode.TooManyProperties.ToString());
        var keys = Encoding.Unicode.GetByteCount(entity.PartitionKey) + Encoding.Unicode.GetByteCount(entity.RowKey);
        if (4 + keys + own.Sum(p => 8 + (2L * p.Key.Length) + BytesOf(p.Value)) > MaxEntityBytes)
            throw StorageErrors.Of(400, TableErrorCode.EntityTooLarge.ToString());
    }

    private static int BytesOf(object value) =>
        value switch
        {
            string text => 2 * text.Length,
            byte[] bytes => bytes.Length,
            Guid => 16,
            int => 4,
            bool => 1,
            _ => 8,
        };
}

/// <summary>The limits of an entity group transaction.</summary>
internal static class TransactionRules
{
    private const int MaxActions = 100;
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    /// <exception cref="Azure.RequestFailedException">It is too large, spans partitions or names a row twice.</exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count > MaxActions)
            throw StorageErrors.OfAction(MaxActions - 1, StorageErrors.Of(400, TableErrorCode.InvalidInput.ToString()));
        if (actions.Sum(a => a.Entity is TableEntity e ? EntityRules.BodyBytes(e) : 0) > MaxBodyBytes)
            throw StorageErrors.Of(413, "RequestBodyTooLarge");
        var rows = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
        {
            if (actions[i].Entity.PartitionKey != actions[0].Entity.PartitionKey)
                throw StorageErrors.OfAction(i, StorageErrors.Of(400, TableErrorCode.CommandsInBatchActOnDifferentPartitions.ToString()));
            if (!rows.Add(actions[i].Entity.RowKey))
                throw StorageErrors.OfAction(i, StorageErrors.Of(400, TableErrorCode.InvalidDuplicateRow.ToString()));
        }
    }
}
