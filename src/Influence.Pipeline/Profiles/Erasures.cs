using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Profiles;

/// <summary>Erases accounts at their owners' wish, in steps that survive a crash and finish.</summary>
/// <remarks>
/// The suppression list comes first: from then on facts by or about the account are refused, and its name is shown nowhere. Then its rows
/// go, and it leaves what else names it (<see cref="ErasureSteps"/>). The run knows the account's id until it is done; it is named by a
/// keyed hash.
/// </remarks>
public sealed class Erasures
{
    private const string Prefix = "erasure.";
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private readonly Deployment deployment;
    private readonly Suppression suppression;
    private readonly WorkflowStore store;
    private readonly Workflow workflow;
    private readonly TimeProvider clock;

    internal Erasures(
        Deployment deployment,
        Suppression suppression,
        ErasureSteps steps,
        OptimisticConcurrency concurrency,
        TimeProvider clock,
        ILogger<Workflow> logger
    )
    {
        (this.deployment, this.suppression, this.clock) = (deployment, suppression, clock);
        store = new WorkflowStore(deployment.Suppressed);
        workflow = new Workflow("erasure", store, deployment.Shards, steps.Table, concurrency, clock, logger);
    }

    /// <summary>Whether a message is of an erasure.</summary>
    public static bool IsOfThese(string text) => WorkflowMessage.Read(text).Id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Asks for an erasure. Idempotent; after one that failed, or ended a minute ago or more, it is made anew.</summary>
    public async Task<Erasure> RequestAsync(AccountId account, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("erase");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        await suppression.AddAsync(account, cancellationToken);
        var name = Prefix + keys.KeyOf(account);
        var attempts = (await store.ListAsync(cancellationToken, name))
            .OrderBy(r => r.Id.Length)
            .ThenBy(r => r.Id, StringComparer.Ordinal)
            .ToList();
        var last = attempts.LastOrDefault();
        if (last is { State: not (WorkflowState.Failed or WorkflowState.Expired) } && !(last.EndedAt < clock.GetUtcNow() - Settled))
        {
            await ForgetAsync(attempts, cancellationToken);
            return ErasureOf(await workflow.StartAsync(last, cancellationToken));
        }

        var id = last is null ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{attempts.Count + 1}");
        var run = new WorkflowRun
        {
            Id = id,
            RequestedAt = await store.NoteRequestAsync(id, cancellationToken),
            Step = ErasureSteps.Suppress,
            Ranges = 1,
            Input = account.Value,
        };
        var started = await workflow.StartAsync(run, cancellationToken);
        await ForgetAsync(attempts, cancellationToken);
        return ErasureOf(started);
    }

    /// <summary>How an erasure stands; null when there is none of that id.</summary>
    public async Task<Erasure?> FindAsync(string id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("erase");
        await deployment.KeysAsync(cancellationToken);
        return await store.FindAsync(id, cancellationToken) is { } run ? ErasureOf(run) : null;
    }

    internal Task RunAsync(string text, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("erase");
        return workflow.DeliverAsync(WorkflowMessage.Read(text), cancellationToken);
    }

    internal Task FailAsync(string text, CancellationToken cancellationToken) =>
        workflow.FailAsync(WorkflowMessage.Read(text), cancellationToken);

    internal async Task<int> ResumeStalledAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await deployment.KeysAsync(cancellationToken);
        return await workflow.ResumeStalledAsync(patience, cancellationToken);
    }

    // The account's id is known to the attempt that goes on, and no longer to those that failed before it.
    private async Task ForgetAsync(IEnumerable<WorkflowRun> attempts, CancellationToken cancellationToken)
    {
        foreach (var failed in attempts.Where(a => a.State is WorkflowState.Failed or WorkflowState.Expired && a.Input.Length > 0))
            await store.TryReplaceAsync(failed with { Input = "" }, cancellationToken);
    }

    private static Erasure ErasureOf(WorkflowRun run) =>
        new(
            run.Id,
            run.State switch
            {
                WorkflowState.Running => "running",
                WorkflowState.Failed or WorkflowState.Expired => "failed",
                _ => "erased",
            },
            run.RequestedAt,
            run.EndedAt,
            run.State == WorkflowState.Running ? run.Step : null
        );
}
