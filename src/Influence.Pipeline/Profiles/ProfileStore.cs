using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>Reads and writes profiles and the claims on their accounts, see <see cref="ProfileDocument"/>.</summary>
internal sealed class ProfileStore(TableClient table, AccountKeys keys)
{
    private const string Profile = "Profile";

    /// <summary>The profile that its first account names; null for none.</summary>
    public async Task<ProfileDocument?> FindAsync(AccountId profile, CancellationToken cancellationToken) =>
        await RowAsync(ProfileDocument.RowOf(keys, profile), cancellationToken) is { } row ? ProfileDocument.Read(row) : null;

    /// <summary>The profile that an account is one of; null for none.</summary>
    public async Task<ProfileDocument?> OfAsync(AccountId account, CancellationToken cancellationToken) =>
        await ClaimAsync(account, cancellationToken) is { } profile ? await FindAsync(profile, cancellationToken) : null;

    /// <summary>The first account of the profile that an account is one of; null for none.</summary>
    public async Task<AccountId?> ClaimAsync(AccountId account, CancellationToken cancellationToken) =>
        await RowAsync(ProfileDocument.ClaimOf(keys, account), cancellationToken) is { } row
            ? AccountId.Parse(row.GetString(Profile))
            : null;

    /// <summary>Every profile whose accounts' state rows may not follow yet.</summary>
    public async Task<List<ProfileDocument>> PendingAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {ProfileDocument.Partition} and RowKey ge {"p|"} and RowKey lt {"p}"} and Pending eq {true}"
        );
        var pending = new List<ProfileDocument>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            pending.Add(ProfileDocument.Read(row));
        return pending;
    }

    /// <summary>Writes a profile over another one, with the claims on its accounts, in one transaction.</summary>
    /// <param name="before">The profile as it was read; null for a new one.</param>
    /// <param name="after">The profile as it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where somebody wrote first, or an account is claimed by another profile.</returns>
    public async Task<bool> TryWriteAsync(ProfileDocument? before, ProfileDocument after, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction>();
        if (before is not null && before.Id != after.Id)
            actions.Add(new(TableTransactionActionType.Delete, before.ToRow(keys), before.ETag));
        actions.Add(
            before is not null && before.Id == after.Id
                ? new(TableTransactionActionType.UpdateReplace, after.ToRow(keys), before.ETag)
                : new(TableTransactionActionType.Add, after.ToRow(keys))
        );
        var had = before?.Accounts ?? [];
        foreach (var account in after.Accounts)
        {
            var claim = new TableEntity(ProfileDocument.Partition, ProfileDocument.ClaimOf(keys, account)) { [Profile] = after.Id.Value };
            // One of another profile is not taken over.
            if (!had.Contains(account))
                actions.Add(new(TableTransactionActionType.Add, claim));
            else if (before!.Id != after.Id)
                actions.Add(new(TableTransactionActionType.UpdateReplace, claim, ETag.All));
        }

        foreach (var account in had.Except(after.Accounts))
            actions.Add(
                new(
                    TableTransactionActionType.Delete,
                    new TableEntity(ProfileDocument.Partition, ProfileDocument.ClaimOf(keys, account)),
                    ETag.All
                )
            );
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e))
        {
            return false;
        }
    }

    /// <summary>Notes that the accounts' state rows follow; one that was dissolved goes.</summary>
    public async Task SettleAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        // Whoever wrote since has its own to settle.
        if (
            await FindAsync(profile.Id, cancellationToken) is not { } now
            || now.Since != profile.Since
            || now.Accounts.Length != profile.Accounts.Length
        )
            return;
        if (now.Accounts.IsEmpty)
            await table.DeleteEntityAsync(ProfileDocument.Partition, ProfileDocument.RowOf(keys, now.Id), now.ETag, cancellationToken);
        else if (now.IsPending)
            await table.TryWriteAsync((now with { IsPending = false, Released = [] }).ToRow(keys), now.ETag, cancellationToken);
    }

    private async Task<TableEntity?> RowAsync(string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(ProfileDocument.Partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
