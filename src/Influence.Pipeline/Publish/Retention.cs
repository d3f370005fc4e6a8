using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Publish;

/// <summary>Deletes what is past its time; a timer of its own runs it. Idempotent: what broke off is found again.</summary>
/// <remarks>
/// These are days of boards beyond the retention, activities past the undo window, messages noted and folded long ago, who was seen under
/// which login long ago, and partial results of publications whose votes and pages nobody reads any more. A publication that failed becomes
/// <c>Expired</c> then.
/// </remarks>
public sealed class Retention
{
    // Longer than any host works on, or reads, what has just ended.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private readonly Deployment deployment;
    private readonly InfluenceOptions options;
    private readonly TimeProvider clock;
    private readonly BoardStore boards;
    private readonly WorkflowStore runs;
    private readonly SettlementTable settlements;
    private readonly ActivityJournal journal;

    internal Retention(Deployment deployment, OptimisticConcurrency concurrency, TimeProvider clock, IOptions<InfluenceOptions> options)
    {
        (this.deployment, this.clock, this.options) = (deployment, clock, options.Value);
        boards = new BoardStore(deployment.Leaderboards, concurrency);
        runs = new WorkflowStore(deployment.Leaderboards);
        settlements = new SettlementTable(deployment.Settlements);
        journal = new ActivityJournal(deployment.Journal);
    }

    /// <summary>Deletes all that is past its time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("retention");
        await deployment.KeysAsync(cancellationToken);
        var edge = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-options.BoardRetentionDays);
        foreach (var (board, date) in (await boards.DaysAsync(cancellationToken)).Where(d => d.Date < edge))
            await boards.DeleteAsync(board, date, cancellationToken);
        await DeleteRunsAsync(edge, cancellationToken);
        await DeleteActivitiesAsync(cancellationToken);
        await journal.DeleteExpiredAsync(clock.GetUtcNow(), cancellationToken);
        await DeleteSightingsAsync(cancellationToken);
    }

    // A person who is still seen after that is remembered anew.
    private async Task DeleteSightingsAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().AddDays(-SightingRows.Days);
        foreach (var (from, to) in new[] { (SightingRows.Seen(""), "seen}"), (SightingRows.Moves(""), "move}") })
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and At lt {before}");
            await TableSweep.DeleteAsync(deployment.Profiles, filter, cancellationToken);
        }
    }

    // A scan of the table: it holds only activities of sources whose undo names nothing else.
    private Task DeleteActivitiesAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().AddSeconds(-ScoringPolicy.Current.FactWindow);
        return TableSweep.DeleteAsync(deployment.Activities, TableClient.CreateQueryFilter($"At lt {before}"), cancellationToken);
    }

    private async Task DeleteRunsAsync(DateOnly edge, CancellationToken cancellationToken)
    {
        var ended = (await runs.ListAsync(cancellationToken))
            .Where(r => r.State != WorkflowState.Running && r.EndedAt < clock.GetUtcNow() - Grace)
            .OrderByDescending(r => r.RequestedAt)
            .ToList();
        var kept = await ReadableAsync(ended, cancellationToken);
        foreach (var run in ended.Where(r => !kept.Contains(r.Id)))
        {
            var isOld = PublicationInput.Read(run.Input).Date < edge;
            if (!isOld && run.IsSwept)
                continue;
            await settlements.DeleteAsync(run.Id, cancellationToken);
            await runs.DeleteDoneAsync(run.Id, cancellationToken);
            if (isOld)
                await runs.DeleteAsync(run.Id, cancellationToken);
            else
                await runs.TryReplaceAsync(
                    run with
                    {
                        IsSwept = true,
                        State = run.State == WorkflowState.Failed ? WorkflowState.Expired : run.State,
                    },
                    cancellationToken
                );
        }
    }

    // The votes in force, whatever the order in which publications ended, and those before, which a host may still read for some seconds.
    private async Task<HashSet<string>> ReadableAsync(List<WorkflowRun> ended, CancellationToken cancellationToken)
    {
        var inForce = (await VotesPointer.FindAsync(deployment.Settlements, cancellationToken))?.Publication;
        var before = ended.FirstOrDefault(r =>
            r.Id != inForce && r.State == WorkflowState.Completed && PublicationInput.Read(r.Input).Settles
        );
        var activity = await ActivityPointer.FindAsync(deployment.Settlements, cancellationToken);
        var notices = await AudienceNotices.PublicationAsync(deployment.Settlements, cancellationToken);
        return [.. new[] { inForce, before?.Id, activity?.Publication, activity?.Before, notices }.OfType<string>()];
    }
}
