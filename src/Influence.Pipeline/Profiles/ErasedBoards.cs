using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>Takes an account's id off past boards, and out of what publications left behind.</summary>
internal sealed class ErasedBoards(Deployment deployment)
{
    /// <summary>What stands in the place of an erased account.</summary>
    public const string Erased = "erased";

    private readonly WorkflowStore runs = new(deployment.Leaderboards);
    private readonly SettlementTable settlements = new(deployment.Settlements);

    /// <summary>Erases it. Idempotent.</summary>
    /// <param name="account">The account.</param>
    /// <param name="knownAt">From when on all publications leave it out, by the storage service's clock.</param>
    /// <param name="cancellationToken">Gives up; what is left is found again.</param>
    /// <returns>How many publications that were requested before are still under way.</returns>
    public async Task<int> EraseAsync(AccountId account, DateTimeOffset knownAt, CancellationToken cancellationToken)
    {
        var publications = await runs.ListAsync(cancellationToken);
        // Whose boards are not out yet may still name the account: what would be found now is not all.
        if (publications.Count(r => r.State == WorkflowState.Running && r.RequestedAt <= knownAt) is > 0 and var running)
            return running;
        // After the list: one that moved in between is of a run that was still under way in it.
        var activity = await ActivityPointer.FindAsync(deployment.Settlements, cancellationToken);
        // The ranges' boards are read by the publication itself and by nobody after it.
        foreach (var run in publications.Where(r => r.State != WorkflowState.Running && !r.IsSwept))
        {
            await settlements.DeleteAsync(run.Id, BoardSteps.PartPrefix, cancellationToken);
            await settlements.DeleteAsync(run.Id, AudienceTally.PartPrefix, cancellationToken);
            // Those in force leave it out at the next settlement.
            if (run.Id != activity?.Publication)
                await settlements.DeleteAsync(run.Id, ActivityPages.PartPrefix, cancellationToken);
            await AudienceNotices.RemoveAsync(settlements, run.Id, account, cancellationToken);
        }

        // A scan of all boards: an erasure is rare, and no index from accounts to boards is kept of people.
        var filter = TableClient.CreateQueryFilter($"Id eq {account.Value} or NamedBy eq {account.Value}");
        await foreach (var row in deployment.Leaderboards.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            await EraseAsync(row, account, cancellationToken);
        return 0;
    }

    private async Task EraseAsync(TableEntity place, AccountId account, CancellationToken cancellationToken)
    {
        // A place of its profile stays, without the name that it had from this account.
        if (place.GetString("Id") == account.Value)
        {
            var edition = place.RowKey[..place.RowKey.IndexOf('|', StringComparison.Ordinal)];
            var index = BoardKeys.Index(edition, account.Value);
            await deployment.Leaderboards.DeleteEntityAsync(place.PartitionKey, index, ETag.All, cancellationToken);
            place["Id"] = Erased;
            place.Remove("Trend");
        }

        place.Remove("Name");
        place.Remove("NamedBy");
        try
        {
            await deployment.Leaderboards.UpdateEntityAsync(place, ETag.All, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Retention has deleted it meanwhile.
        }
    }
}
