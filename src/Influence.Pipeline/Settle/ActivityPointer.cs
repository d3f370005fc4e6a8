using System.IO.Hashing;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>Which pages of activity are in force: Settlements table, partition <c>activity</c>, row <c>latest</c>.</summary>
/// <param name="Publication">Whose fold made them.</param>
/// <param name="Edition">Names them within it: a hash of what was folded over what.</param>
/// <param name="Bits">How many leading bits of an actor's key name its page.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="Day">The last day of their window, days since 1970-01-01 UTC.</param>
/// <param name="RequestedAt">When the publication was requested, by the storage service's clock.</param>
/// <param name="Before">The publication whose pages were in force before; null for none.</param>
/// <param name="IsMarked">Whether the rows that it folded are tombstones.</param>
internal sealed record ActivityPointer(
    string Publication,
    string Edition,
    int Bits,
    long Bytes,
    int Day,
    DateTimeOffset RequestedAt,
    string? Before,
    bool IsMarked
)
{
    private const string Partition = "activity";
    private const string Latest = "latest";
    private const int Layout = 1;

    /// <summary>Of the row as it was read.</summary>
    public ETag ETag { get; private init; }

    /// <summary>The pointer; null before the first fold.</summary>
    public static async Task<ActivityPointer?> FindAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Latest, cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>The pointer to what comes of folding rows over some pages. Pure: the same again has the same name.</summary>
    public static ActivityPointer Of(PublicationRun run, ActivityPointer? before, IEnumerable<JournalRow> rows, int bits)
    {
        var (hash, day) = (new XxHash3(), Activity.DayOf(run.SettleAt));
        hash.Append(Encoding.UTF8.GetBytes($"{before?.Publication} {before?.Edition} {day} {bits}\n"));
        foreach (var row in rows)
            hash.Append(Encoding.UTF8.GetBytes($"{row.Partition} {row.Row}\n"));
        var edition = Convert.ToHexStringLower(hash.GetCurrentHash());
        return new(run.Id, edition, bits, 0, day, run.RequestedAt, before?.Publication, false);
    }

    /// <summary>Puts it in force, unless the pointer moved since another was read.</summary>
    public Task<bool> TryPutAsync(TableClient table, ETag? known, CancellationToken cancellationToken) =>
        table.TryWriteAsync(Row(), known, cancellationToken);

    private TableEntity Row() =>
        new(Partition, Latest)
        {
            ["V"] = Layout,
            ["Publication"] = Publication,
            ["Edition"] = Edition,
            ["Bits"] = Bits,
            ["Bytes"] = Bytes,
            ["Day"] = Day,
            ["RequestedAt"] = RequestedAt,
            ["Before"] = Before,
            ["IsMarked"] = IsMarked,
        };

    private static ActivityPointer Read(TableEntity row) =>
        row.GetInt32("V") == Layout
            ? new(
                row.GetString("Publication"),
                row.GetString("Edition"),
                row.GetInt32("Bits")!.Value,
                row.GetInt64("Bytes")!.Value,
                row.GetInt32("Day")!.Value,
                row.GetDateTimeOffset("RequestedAt")!.Value,
                row.GetString("Before"),
                row.GetBoolean("IsMarked")!.Value
            )
            {
                ETag = row.ETag,
            }
            : throw new InvalidOperationException($"The layout {row.GetInt32("V")} of the activity's pointer is not known here.");
}
