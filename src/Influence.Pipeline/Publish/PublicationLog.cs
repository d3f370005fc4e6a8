using Azure.Data.Tables;

namespace Influence.Pipeline;

/// <summary>The publications asked for, partition <c>publications</c> of the Leaderboards table, one row each. Layout 1.</summary>
internal sealed class PublicationLog(TableClient table)
{
    private const string Partition = "publications";

    public Task PutAsync(Publication publication, CancellationToken stop) => table.UpsertEntityAsync(
        new TableEntity(Partition, TableKey.Encode(publication.Id))
        {
            ["V"] = 1,
            ["Id"] = publication.Id,
            ["Date"] = BoardTable.Key(publication.Date),
            ["Status"] = publication.Status.ToString(),
            ["RequestedAt"] = publication.RequestedAt,
            ["FinishedAt"] = publication.FinishedAt,
            ["Boards"] = publication.Boards,
            ["Accounts"] = publication.Accounts,
        },
        TableUpdateMode.Replace,
        stop);

    public async Task<Publication?> FindAsync(string id, CancellationToken stop)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, TableKey.Encode(id), cancellationToken: stop);
        if (!found.HasValue) return null;
        var row = found.Value!;
        return new Publication(
            row.GetString("Id"),
            BoardTable.ReadDate(row.GetString("Date")),
            Enum.Parse<PublicationStatus>(row.GetString("Status")),
            row.GetDateTimeOffset("RequestedAt")!.Value,
            row.GetDateTimeOffset("FinishedAt"),
            row.GetInt32("Boards"),
            row.GetInt32("Accounts"));
    }
}
