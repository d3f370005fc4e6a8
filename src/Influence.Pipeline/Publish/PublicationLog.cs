using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>
/// The publications asked for, partition <c>publications</c> of the Leaderboards table, layout 2: one row each, and the ranges that are
/// done with a step in
/// partition <c>done|{publication}</c>, row <c>{step}|{pass}|{range}</c>, with row <c>first|{step}|{pass}</c> for the one that asks for the
/// next step. A row of layout 1 has no step.
/// </summary>
internal sealed class PublicationLog(TableClient table)
{
    private const string Partition = "publications";

    /// <summary>Writes a run, whoever wrote it last.</summary>
    public Task PutAsync(PublicationRun run, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(Row(run), TableUpdateMode.Replace, cancellationToken);

    /// <returns>False when there is one of this id already.</returns>
    public Task<bool> TryAddAsync(PublicationRun run, CancellationToken cancellationToken) =>
        table.TryWriteAsync(Row(run), null, cancellationToken);

    /// <summary>Writes a run over the one that was read.</summary>
    /// <returns>False when somebody else wrote first.</returns>
    public Task<bool> ReplaceAsync(PublicationRun run, CancellationToken cancellationToken) =>
        table.TryWriteAsync(Row(run), run.ETag, cancellationToken);

    public async Task<PublicationRun?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, TableKey.Encode(id), cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>All publications that are kept, by id: by day.</summary>
    public async Task<List<PublicationRun>> ListAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        var runs = new List<PublicationRun>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            runs.Add(Read(row));
        return runs;
    }

    public Task MarkDoneAsync(PublishMessage task, double largestChange, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            new TableEntity(DonePartition(task.Id), DoneKey(task)) { ["Range"] = task.Range, ["LargestChange"] = largestChange },
            TableUpdateMode.Replace,
            cancellationToken
        );

    /// <summary>The ranges that are done with a task's step and pass, each with the largest change it saw.</summary>
    public async Task<Dictionary<int, double>> DoneAsync(PublishMessage task, CancellationToken cancellationToken)
    {
        var (partition, from, to) = (DonePartition(task.Id), $"{StepKey(task)}|", $"{StepKey(task)}}}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var done = new Dictionary<int, double>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            done[row.GetInt32("Range")!.Value] = row.GetDouble("LargestChange")!.Value;
        return done;
    }

    /// <summary>
    /// Whether a task's range is the first to find all ranges done with its step and pass; that stays so when it asks again.
    /// </summary>
    public async Task<bool> IsFirstToEndAsync(PublishMessage task, CancellationToken cancellationToken)
    {
        var row = new TableEntity(DonePartition(task.Id), $"first|{StepKey(task)}") { ["Range"] = task.Range };
        if (await table.TryWriteAsync(row, null, cancellationToken))
            return true;
        var first = await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        return first.Value.GetInt32("Range") == task.Range;
    }

    /// <summary>Forgets which ranges were done, and the publication itself.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await DeleteDoneAsync(id, cancellationToken);
        await table.DeleteEntityAsync(Partition, TableKey.Encode(id), ETag.All, cancellationToken);
    }

    public Task DeleteDoneAsync(string id, CancellationToken cancellationToken)
    {
        var partition = DonePartition(id);
        return TableSweep.DeleteAsync(table, TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken);
    }

    private static string DonePartition(string id) => $"done|{TableKey.Encode(id)}";

    private static string StepKey(PublishMessage task) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{task.Step}|{task.Pass:D3}");

    private static string DoneKey(PublishMessage task) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{StepKey(task)}|{task.Range:x2}");

    private static TableEntity Row(PublicationRun run) =>
        new(Partition, TableKey.Encode(run.Id))
        {
            ["V"] = 2,
            ["Id"] = run.Id,
            ["Date"] = BoardKeys.Key(run.Info.Date),
            ["Status"] = run.Info.Status.ToString(),
            ["RequestedAt"] = run.Info.RequestedAt,
            ["FinishedAt"] = run.Info.FinishedAt,
            ["Boards"] = run.Info.Boards,
            ["Accounts"] = run.Info.Accounts,
            ["Step"] = run.Info.Step?.ToString(),
            ["Pass"] = run.Info.Pass,
            ["LargestChange"] = run.Info.LargestChange,
            ["AsOf"] = run.AsOf,
            ["Ranges"] = run.Ranges,
            ["MaxPasses"] = run.MaxPasses,
            ["Tolerance"] = run.Tolerance,
            ["ProgressAt"] = run.ProgressAt,
        };

    private static PublicationRun Read(TableEntity row)
    {
        var requested = row.GetDateTimeOffset("RequestedAt")!.Value;
        var info = new Publication(
            row.GetString("Id"),
            BoardKeys.ReadDate(row.GetString("Date")),
            Enum.Parse<PublicationStatus>(row.GetString("Status")),
            requested,
            row.GetDateTimeOffset("FinishedAt"),
            row.GetInt32("Boards"),
            row.GetInt32("Accounts"),
            row.GetString("Step") is { } step ? Enum.Parse<PublicationStep>(step) : null,
            row.GetInt32("Pass"),
            row.GetDouble("LargestChange")
        );
        return new PublicationRun(
            info,
            row.GetInt64("AsOf") ?? 0,
            row.GetInt32("Ranges") ?? 1,
            row.GetInt32("MaxPasses") ?? 0,
            row.GetDouble("Tolerance") ?? 0,
            row.GetDateTimeOffset("ProgressAt") ?? requested,
            row.ETag
        );
    }
}
