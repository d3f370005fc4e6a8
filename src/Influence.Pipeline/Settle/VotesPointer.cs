using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>Which votes are in force: Settlements table, partition <c>votes</c>, row <c>latest</c>.</summary>
/// <param name="Publication">Whose they are.</param>
/// <param name="Pass">Of which of its iterations.</param>
/// <param name="Ranges">How many parts they lie in.</param>
/// <param name="RequestedAt">When that publication was requested, by the storage service's clock.</param>
internal sealed record VotesPointer(string Publication, int Pass, int Ranges, DateTimeOffset RequestedAt)
{
    private const string Partition = "votes";
    private const string Latest = "latest";

    /// <summary>The pointer; null before the first settlement.</summary>
    public static async Task<VotesPointer?> FindAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Latest, cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>
    /// Points to the votes of an iteration, unless those of a publication requested later are in force. A settlement may stand still for
    /// hours and then go on.
    /// </summary>
    public static Task MoveAsync(
        TableClient table,
        OptimisticConcurrency concurrency,
        PublicationRun run,
        int pass,
        CancellationToken cancellationToken
    ) =>
        concurrency.EditAsync(
            table,
            Partition,
            Latest,
            known =>
                known is not null
                && Read(known) is var now
                && now.Publication != run.Id
                && !run.IsLaterThan(now.RequestedAt, now.Publication)
                    ? null
                    : RowOf(run, pass),
            cancellationToken
        );

    private static VotesPointer Read(TableEntity row) =>
        new(
            row.GetString("Publication"),
            row.GetInt32("Pass")!.Value,
            row.GetInt32("Ranges")!.Value,
            row.GetDateTimeOffset("RequestedAt")!.Value
        );

    private static TableEntity RowOf(PublicationRun run, int pass) =>
        new(Partition, Latest)
        {
            ["V"] = 2,
            ["Publication"] = run.Id,
            ["Pass"] = pass,
            ["Ranges"] = run.Ranges,
            ["AsOf"] = run.SettleAt,
            ["RequestedAt"] = run.RequestedAt,
        };
}
