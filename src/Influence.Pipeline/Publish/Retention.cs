using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>
/// Forgets what is past its time: board days beyond the retention, activities past the undo window, and the partial results of publications
/// whose votes
/// nobody reads any more.
/// </summary>
internal sealed class Retention(Deployment deployment, InfluenceOptions options, TimeProvider clock)
{
    private readonly BoardReader boards = new(deployment.Leaderboards);
    private readonly PublicationLog log = new(deployment.Leaderboards);
    private readonly SettlementTable settlements = new(deployment.Settlements);

    /// <param name="current">The publication that is about to finish.</param>
    /// <param name="cancellationToken">Gives up; the next publication goes on.</param>
    public async Task ForgetAsync(string current, CancellationToken cancellationToken)
    {
        var edge = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-options.BoardRetentionDays);
        var writer = new BoardWriter(deployment.Leaderboards, boards);
        foreach (var (board, date) in (await boards.PublishedAsync(cancellationToken)).Where(d => d.Date < edge))
            await writer.DeleteAsync(board, date, cancellationToken);
        await ForgetSettlementsAsync(current, edge, cancellationToken);
        await ForgetActivitiesAsync(cancellationToken);
    }

    // A scan of the table, once a publication: it holds only activities of sources whose undo names nothing else.
    private Task ForgetActivitiesAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().AddSeconds(-ScoringPolicy.Current.FactWindow);
        return TableSweep.DeleteAsync(deployment.Activities, TableClient.CreateQueryFilter($"At lt {before}"), cancellationToken);
    }

    private async Task ForgetSettlementsAsync(string current, DateOnly edge, CancellationToken cancellationToken)
    {
        var done = (await log.ListAsync(cancellationToken))
            .Where(r => r.Id != current && r.Info.Status != PublicationStatus.Running)
            .OrderByDescending(r => r.Info.RequestedAt)
            .ToList();
        // Whatever the order in which publications ended: the votes in force stay. Hosts may read those of the settlement before for some
        // seconds more.
        var inForce = (await VotesPointer.FindAsync(deployment.Settlements, cancellationToken))?.Publication;
        var before = done.FirstOrDefault(r =>
            r.Info is { Status: PublicationStatus.Published, LargestChange: not null } && r.Id != inForce
        )?.Id;
        foreach (var run in done.Where(r => r.Id != inForce && r.Id != before))
        {
            if (run.Ranges > 0)
                await settlements.DeleteAsync(run.Id, cancellationToken);
            if (run.Info.Date < edge)
                await log.DeleteAsync(run.Id, cancellationToken);
            else if (run.Ranges > 0)
            {
                await log.DeleteDoneAsync(run.Id, cancellationToken);
                await log.ReplaceAsync(run with { Ranges = 0 }, cancellationToken);
            }
        }
    }
}
