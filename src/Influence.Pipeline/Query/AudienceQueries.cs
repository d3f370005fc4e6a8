namespace Influence.Pipeline.Query;

/// <summary>Reads the operators' notices about audiences.</summary>
public sealed class AudienceQueries
{
    private readonly Deployment deployment;
    private readonly AudienceNotices notices;

    internal AudienceQueries(Deployment deployment, OptimisticConcurrency concurrency)
    {
        this.deployment = deployment;
        notices = new AudienceNotices(deployment.Settlements, new SettlementTable(deployment.Settlements), concurrency);
    }

    /// <summary>The notices of the latest settlement; null before the first.</summary>
    public async Task<AudienceReport?> FindAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(cancellationToken);
        return await notices.FindAsync(cancellationToken);
    }
}
