using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>The states of a run. A state is written when it is entered and is never inferred from moments.</summary>
internal enum WorkflowState
{
    /// <summary>A step of it is to be done.</summary>
    Running,

    /// <summary>Its last step is done.</summary>
    Completed,

    /// <summary>It went through to its end, but a run requested later had already taken its place.</summary>
    Superseded,

    /// <summary>A message of it failed for good.</summary>
    Failed,

    /// <summary>It failed, and its partial results were deleted since.</summary>
    Expired,
}

/// <summary>A run of a workflow, as its row holds it.</summary>
internal sealed record WorkflowRun
{
    public required string Id { get; init; }

    /// <summary>When it was requested, by the storage service's clock: the order between runs.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    public required string Step { get; init; }

    public required int Ranges { get; init; }

    /// <summary>What it was started with, as JSON.</summary>
    public required string Input { get; init; }

    public WorkflowState State { get; init; }

    public int Round { get; init; }

    /// <summary>A figure that a step left for those who look at the run.</summary>
    public double? Value { get; init; }

    /// <summary>What it came to, as JSON; null while it runs.</summary>
    public string? Output { get; init; }

    /// <summary>The message that advanced it to its step.</summary>
    public string? AdvancedBy { get; init; }

    /// <summary>When it last advanced or was resumed, by a host's clock.</summary>
    public DateTimeOffset ProgressAt { get; init; }

    /// <summary>How often its step was asked for again.</summary>
    public int Resumes { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether its partial results were deleted.</summary>
    public bool IsSwept { get; init; }

    public ETag ETag { get; init; }

    /// <summary>Whether a message is about the step that the run is at.</summary>
    public bool IsAt(WorkflowMessage message) => (message.Step, message.Round) == (Step, Round);

    /// <summary>Whether it was requested later than another run; of one moment the larger id is the later.</summary>
    public static bool IsLater(DateTimeOffset requestedAt, string id, DateTimeOffset thanRequestedAt, string thanId) =>
        requestedAt != thanRequestedAt ? requestedAt > thanRequestedAt : string.CompareOrdinal(id, thanId) > 0;
}

/// <summary>
/// Rows of the runs, layout 3. Partition <c>publications</c>: a row a run. Partition <c>requests</c>: a row a run that is written once, so
/// that the service's stamp on it stays. Partition <c>done|{run}</c>: row <c>{step}|{round}|{range}</c> for each range that is done.
/// </summary>
internal sealed class WorkflowStore(TableClient table)
{
    private const int Layout = 3;
    private const string Runs = "publications";
    private const string Requests = "requests";

    /// <summary>Notes a request and tells when it was made, by the service's clock; the first note of an id stands.</summary>
    public async Task<DateTimeOffset> NoteRequestAsync(string id, CancellationToken cancellationToken)
    {
        await table.TryWriteAsync(new TableEntity(Requests, TableKey.Encode(id)), null, cancellationToken);
        var row = await table.GetEntityAsync<TableEntity>(Requests, TableKey.Encode(id), cancellationToken: cancellationToken);
        return row.Value.Timestamp!.Value;
    }

    /// <returns>False where there is a run of this id.</returns>
    public Task<bool> TryAddAsync(WorkflowRun run, CancellationToken cancellationToken) =>
        table.TryWriteAsync(RowOf(run), null, cancellationToken);

    /// <summary>Writes a run over the one that was read (optimistic concurrency).</summary>
    /// <returns>False where somebody else wrote first.</returns>
    public Task<bool> TryReplaceAsync(WorkflowRun run, CancellationToken cancellationToken) =>
        table.TryWriteAsync(RowOf(run), run.ETag, cancellationToken);

    public async Task<WorkflowRun?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Runs, TableKey.Encode(id), cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>All runs that are kept, by id.</summary>
    public async Task<List<WorkflowRun>> ListAsync(CancellationToken cancellationToken, string prefix = "")
    {
        var (from, to) = (TableKey.Encode(prefix), $"{TableKey.Encode(prefix)}~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Runs} and RowKey ge {from} and RowKey lt {to}");
        var runs = new List<WorkflowRun>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            runs.Add(Read(row));
        return runs;
    }

    /// <summary>Marks a range done. Of two results for one range the first stands.</summary>
    public Task MarkDoneAsync(WorkflowMessage message, StepResult result, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{StepKey(message.Step, message.Round)}|{message.Range:D5}");
        var row = new TableEntity(DonePartition(message.Id), key)
        {
            ["Range"] = message.Range,
            ["Value"] = result.Value,
            ["Output"] = result.Output,
            ["State"] = result.State.ToString(),
        };
        return table.TryWriteAsync(row, null, cancellationToken);
    }

    /// <summary>The ranges that are done with the run's step and round.</summary>
    public async Task<Dictionary<int, StepResult>> DoneAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        var (partition, key) = (DonePartition(run.Id), StepKey(run.Step, run.Round));
        var (from, to) = ($"{key}|", $"{key}}}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var done = new Dictionary<int, StepResult>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var state = Enum.Parse<WorkflowState>(row.GetString("State"));
            done[row.GetInt32("Range")!.Value] = new StepResult(row.GetDouble("Value")!.Value, row.GetString("Output"), state);
        }

        return done;
    }

    /// <summary>Forgets which ranges were done.</summary>
    public Task DeleteDoneAsync(string id, CancellationToken cancellationToken)
    {
        var partition = DonePartition(id);
        return TableSweep.DeleteAsync(table, TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken);
    }

    /// <summary>Deletes a run and all that it left here.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await DeleteDoneAsync(id, cancellationToken);
        await table.DeleteEntityAsync(Requests, TableKey.Encode(id), ETag.All, cancellationToken);
        await table.DeleteEntityAsync(Runs, TableKey.Encode(id), ETag.All, cancellationToken);
    }

    private static string DonePartition(string id) => $"done|{TableKey.Encode(id)}";

    private static string StepKey(string step, int round) => string.Create(CultureInfo.InvariantCulture, $"{step}|{round:D3}");

    private static TableEntity RowOf(WorkflowRun run) =>
        new(Runs, TableKey.Encode(run.Id))
        {
            ["V"] = Layout,
            ["Id"] = run.Id,
            ["State"] = run.State.ToString(),
            ["RequestedAt"] = run.RequestedAt,
            ["Step"] = run.Step,
            ["Round"] = run.Round,
            ["Ranges"] = run.Ranges,
            ["Input"] = run.Input,
            ["Output"] = run.Output,
            ["Value"] = run.Value,
            ["AdvancedBy"] = run.AdvancedBy,
            ["ProgressAt"] = run.ProgressAt,
            ["Resumes"] = run.Resumes,
            ["EndedAt"] = run.EndedAt,
            ["IsSwept"] = run.IsSwept,
        };

    private static WorkflowRun Read(TableEntity row)
    {
        if (row.GetInt32("V") != Layout)
            throw new InvalidOperationException($"The layout {row.GetInt32("V")} of a publication's row is not known here.");
        return new WorkflowRun
        {
            Id = row.GetString("Id"),
            State = Enum.Parse<WorkflowState>(row.GetString("State")),
            RequestedAt = row.GetDateTimeOffset("RequestedAt")!.Value,
            Step = row.GetString("Step"),
            Round = row.GetInt32("Round")!.Value,
            Ranges = row.GetInt32("Ranges")!.Value,
            Input = row.GetString("Input"),
            Output = row.GetString("Output"),
            Value = row.GetDouble("Value"),
            AdvancedBy = row.GetString("AdvancedBy"),
            ProgressAt = row.GetDateTimeOffset("ProgressAt")!.Value,
            Resumes = row.GetInt32("Resumes")!.Value,
            EndedAt = row.GetDateTimeOffset("EndedAt"),
            IsSwept = row.GetBoolean("IsSwept") ?? false,
            ETag = row.ETag,
        };
    }
}
