using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Publish;

/// <summary>
/// A small workflow engine on one table and one queue: fan-out over ranges, fan-in, resume. Knows nothing of scores.
/// </summary>
/// <remarks>
/// Delivery is at least once, so everything here is idempotent. A message is one step over one range. Its work is done, then marked
/// done; who finds all ranges done advances the run by one conditional write, which only one can win, and then sends the next step's
/// messages.
/// The run remembers whose message advanced it: should that host die before it has sent, its message comes back and sends.
/// What is lost all the same is asked for again by <see cref="ResumeStalledAsync"/>.
/// </remarks>
internal sealed partial class Workflow(
    string name,
    WorkflowStore store,
    QueueClient queue,
    IReadOnlyDictionary<string, WorkflowStep> steps,
    OptimisticConcurrency concurrency,
    TimeProvider clock,
    ILogger logger
)
{
    // Asked for again so often without one step forward, a run has failed: a day, at the default of a quarter of an hour.
    private const int MaxResumes = 96;

    /// <summary>Starts a run, unless there is one of its id. Idempotent: one that has not advanced yet is sent again.</summary>
    /// <returns>The run as it is stored.</returns>
    public async Task<WorkflowRun> StartAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        // False too when it was this very write whose answer was lost.
        await store.TryAddAsync(run with { ProgressAt = clock.GetUtcNow() }, cancellationToken);
        var stored = await store.FindAsync(run.Id, cancellationToken) ?? run;
        if (stored is { State: WorkflowState.Running, AdvancedBy: null })
            await SendMissingAsync(stored, cancellationToken);
        return stored;
    }

    /// <summary>Does what a message asks for, and advances the run when it was the last range of its step.</summary>
    public async Task DeliverAsync(WorkflowMessage message, CancellationToken cancellationToken)
    {
        using var span = PipelineTraces.Process(QueueNames.Shards, message.TraceParent)?.SetTag("influence.step", message.Step);
        try
        {
            await TakeAsync(message, cancellationToken);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    private async Task TakeAsync(WorkflowMessage message, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(message.Id, cancellationToken) is not { State: WorkflowState.Running } run)
            return;
        if (!run.IsAt(message))
        {
            if (run.AdvancedBy == KeyOf(message))
                await SendMissingAsync(run, cancellationToken, DelayAfter(message, run));
            return;
        }

        if (!steps.TryGetValue(message.Step, out var step) || message.Range < 0 || message.Range >= RangesOf(run))
            throw new MessageUnreadableException("it asks for a step or a range that is not known here");
        var done = await store.DoneAsync(run, cancellationToken);
        if (!done.ContainsKey(message.Range))
        {
            await store.MarkDoneAsync(message, await step.RunAsync(run, message.Range, cancellationToken), cancellationToken);
            done = await store.DoneAsync(run, cancellationToken);
        }

        if (done.Count == RangesOf(run))
            await AdvanceAsync(run, KeyOf(message), done, cancellationToken);
    }

    /// <summary>Asks again for what is missing of every run without progress for a while.</summary>
    /// <param name="patience">How long a step may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many runs stood still.</returns>
    public async Task<int> ResumeStalledAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - patience;
        var runs = await store.ListAsync(cancellationToken);
        var stalled = runs.Where(r => r.State == WorkflowState.Running && r.ProgressAt < before).ToList();
        foreach (var run in stalled)
            await ResumeAsync(run, cancellationToken);
        return stalled.Count;
    }

    /// <summary>Marks the run of a message that failed for good; a message of a step that is over marks none.</summary>
    public async Task FailAsync(WorkflowMessage message, CancellationToken cancellationToken)
    {
        var failed = await ChangeAsync(
            message.Id,
            async run =>
            {
                if (!run.IsAt(message) || (await store.DoneAsync(run, cancellationToken)).ContainsKey(message.Range))
                    return null;
                return run with { State = WorkflowState.Failed, EndedAt = clock.GetUtcNow() };
            },
            cancellationToken
        );
        if (failed is not null)
            PipelineMetrics.Ended(name, failed);
    }

    private async Task ResumeAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        if (run.Resumes >= MaxResumes)
        {
            var failed = run with { State = WorkflowState.Failed, EndedAt = clock.GetUtcNow() };
            if (await store.TryReplaceAsync(failed, cancellationToken))
                PipelineMetrics.Ended(name, failed);
            return;
        }

        var again = run with { ProgressAt = clock.GetUtcNow(), Resumes = run.Resumes + 1 };
        if (!steps.ContainsKey(run.Step))
        {
            // Of another version of this app, which may run beside this one. If not, the run ends like any other.
            Unknown(logger, run.Id, run.Step);
            await store.TryReplaceAsync(again, cancellationToken);
            return;
        }

        var done = await store.DoneAsync(run, cancellationToken);
        Stalled(logger, run.Id, run.Step, run.Round, done.Count, RangesOf(run));
        if (done.Count == RangesOf(run))
            await AdvanceAsync(run, null, done, cancellationToken);
        else if (await store.TryReplaceAsync(again, cancellationToken))
            await SendMissingAsync(run, cancellationToken);
    }

    // The row first, by a conditional write that one of several wins; then the messages, which may come twice.
    private async Task AdvanceAsync(
        WorkflowRun at,
        string? advancedBy,
        Dictionary<int, StepResult> done,
        CancellationToken cancellationToken
    )
    {
        var largest = done.Values.Max(r => r.Value);
        var next = steps[at.Step].Next(at, largest);
        var advanced = await ChangeAsync(
            at.Id,
            run => Task.FromResult(run.Step == at.Step && run.Round == at.Round ? After(run) : null),
            cancellationToken
        );
        if (advanced is null)
        {
            // Somebody else advanced it and sends; or it was this very write, whose answer was lost.
            var run = advancedBy is null ? null : await store.FindAsync(at.Id, cancellationToken);
            if (run?.State == WorkflowState.Running && run.AdvancedBy == advancedBy)
                await SendMissingAsync(run, cancellationToken, next?.Delay ?? default);
            return;
        }

        Advanced(logger, advanced.Id, at.Step, at.Round, largest, next?.Name);
        PipelineMetrics.Ended(name, advanced);
        if (next is not null)
            await SendAsync(advanced, AllRanges(advanced), next.Delay, cancellationToken);

        WorkflowRun After(WorkflowRun run) =>
            next is null
                ? run with
                {
                    State = done[0].State,
                    Output = done[0].Output,
                    Input = steps[at.Step].ForgetsInput ? "" : run.Input,
                    EndedAt = clock.GetUtcNow(),
                }
                : run with
                {
                    Step = next.Name,
                    Round = next.Round,
                    Value = next.Value ?? run.Value,
                    AdvancedBy = advancedBy,
                    ProgressAt = clock.GetUtcNow(),
                    Resumes = 0,
                };
    }

    // Null where there was nothing to change.
    private Task<WorkflowRun?> ChangeAsync(string id, Func<WorkflowRun, Task<WorkflowRun?>> change, CancellationToken cancellationToken) =>
        concurrency.RunAsync(
            "a run of a workflow",
            async _ =>
            {
                if (await store.FindAsync(id, cancellationToken) is not { State: WorkflowState.Running } run)
                    return Attempt.Done<WorkflowRun?>(null);
                if (await change(run) is not { } changed)
                    return Attempt.Done<WorkflowRun?>(null);
                return await store.TryReplaceAsync(changed, cancellationToken)
                    ? Attempt.Done<WorkflowRun?>(changed)
                    : Attempt.Conflict<WorkflowRun?>();
            },
            cancellationToken
        );

    private async Task SendMissingAsync(WorkflowRun run, CancellationToken cancellationToken, TimeSpan delay = default)
    {
        var done = await store.DoneAsync(run, cancellationToken);
        await SendAsync(run, AllRanges(run).Where(r => !done.ContainsKey(r)), delay, cancellationToken);
    }

    // How long the messages stay invisible that follow a message: as long when they are sent a second time.
    private TimeSpan DelayAfter(WorkflowMessage message, WorkflowRun run) =>
        steps.TryGetValue(message.Step, out var step)
            ? step.Next(run with { Step = message.Step, Round = message.Round }, run.Value ?? 0)?.Delay ?? default
            : default;

    private async Task SendAsync(WorkflowRun run, IEnumerable<int> ranges, TimeSpan delay, CancellationToken cancellationToken)
    {
        List<int> all = [.. ranges];
        if (all.Count == 0)
            return;
        using var span = PipelineTraces.Send(QueueNames.Shards)?.SetTag("influence.step", run.Step);
        foreach (var range in all)
        {
            var text = WorkflowMessage.Of(run.Id, run.Step, run.Round, range, PipelineTraces.CurrentParent).Write();
            await queue.SendMessageAsync(text, delay, TimeSpan.FromSeconds(-1), cancellationToken);
        }
    }

    private int RangesOf(WorkflowRun run) => steps[run.Step].IsOnce ? 1 : run.Ranges;

    private IEnumerable<int> AllRanges(WorkflowRun run) => Enumerable.Range(0, RangesOf(run));

    private static string KeyOf(WorkflowMessage message) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{message.Step}|{message.Round}|{message.Range}");

    [LoggerMessage(Level = LogLevel.Information, Message = "Workflow {Id}: {Step} {Round} is done, largest {Largest}; next is {Next}.")]
    private static partial void Advanced(ILogger logger, string id, string step, int round, double largest, string? next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Workflow {Id} stands still at {Step}, a step that is not known here.")]
    private static partial void Unknown(ILogger logger, string id, string step);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Workflow {Id} stands still at {Step} {Round} with {Done} of {Ranges} ranges done: asked for again."
    )]
    private static partial void Stalled(ILogger logger, string id, string step, int round, int done, int ranges);
}
