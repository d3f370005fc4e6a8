using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>Which votes are in force: Settlements table, partition <c>votes</c>, row <c>latest</c>.</summary>
/// <param name="Publication">Whose they are.</param>
/// <param name="Pass">Of which of its passes.</param>
/// <param name="Ranges">How many parts they lie in.</param>
/// <param name="RequestedAt">When that publication was asked for; null in rows of before this was kept.</param>
/// <param name="ETag">Of the row.</param>
internal sealed record VotesPointer(string Publication, int Pass, int Ranges, DateTimeOffset? RequestedAt, ETag ETag)
{
    private const string Partition = "votes";
    private const string Latest = "latest";

    /// <summary>The pointer; null before the first settlement.</summary>
    public static async Task<VotesPointer?> FindAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Latest, cancellationToken: cancellationToken);
        if (!found.HasValue)
            return null;
        var row = found.Value!;
        return new VotesPointer(
            row.GetString("Publication"),
            row.GetInt32("Pass")!.Value,
            row.GetInt32("Ranges")!.Value,
            row.GetDateTimeOffset("RequestedAt"),
            row.ETag
        );
    }

    /// <summary>
    /// Points to a pass's votes, unless those of a publication that was asked for later are in force: a settlement may stand still for
    /// hours and then go on.
    /// </summary>
    public static async Task MoveAsync(TableClient table, PublicationRun run, int pass, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, Latest)
        {
            ["V"] = 1,
            ["Publication"] = run.Id,
            ["Pass"] = pass,
            ["Ranges"] = run.Ranges,
            ["AsOf"] = run.AsOf,
            ["RequestedAt"] = run.Info.RequestedAt,
        };
        VotesPointer? known;
        do known = await FindAsync(table, cancellationToken);
        while (!(known?.RequestedAt > run.Info.RequestedAt) && !await table.TryWriteAsync(row, known?.ETag, cancellationToken));
    }
}
