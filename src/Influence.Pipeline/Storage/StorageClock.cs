using Azure.Data.Tables;

namespace Influence.Pipeline.Storage;

/// <summary>The storage service's own clock: one order of events for all hosts, however their clocks differ.</summary>
/// <remarks>
/// The service stamps every row it writes; a stamp is read back from a row of its own, in the table whose rows it is compared with.
/// </remarks>
internal sealed class StorageClock(TableClient table)
{
    private const string Partition = "deployment";
    private const string Clock = "clock";

    /// <summary>A moment between the call and its return, by the service's clock. Costs two requests.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await table.UpsertEntityAsync(new TableEntity(Partition, Clock), TableUpdateMode.Replace, cancellationToken);
        var row = await table.GetEntityAsync<TableEntity>(Partition, Clock, cancellationToken: cancellationToken);
        return row.Value.Timestamp!.Value;
    }
}
