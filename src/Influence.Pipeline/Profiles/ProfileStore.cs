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
        await HolderAsync(account, cancellationToken) is { } profile && profile.Accounts.Contains(account) ? profile : null;

    /// <summary>The profile that an account is one of, or left and is still linked to; null for none.</summary>
    public async Task<ProfileDocument?> HolderAsync(AccountId account, CancellationToken cancellationToken) =>
        await RowAsync(ProfileDocument.ClaimOf(keys, account), cancellationToken) is { } row
            ? await FindAsync(AccountId.Parse(row.GetString(Profile)), cancellationToken)
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
        AccountId[] claimed = [.. (before?.Accounts ?? []).Concat(before?.Released ?? [])];
        foreach (var account in after.Accounts.Concat(after.Released))
        {
            var claim = new TableEntity(ProfileDocument.Partition, ProfileDocument.ClaimOf(keys, account)) { [Profile] = after.Id.Value };
            // One of another profile is not taken over.
            if (!claimed.Contains(account))
                actions.Add(new(TableTransactionActionType.Add, claim));
            else if (before!.Id != after.Id)
                actions.Add(new(TableTransactionActionType.UpdateReplace, claim, ETag.All));
        }

        return await TrySubmitAsync(actions, cancellationToken);
    }

    /// <summary>Notes that the state rows follow: accounts that left are free, a dissolved profile goes.</summary>
    public async Task SettleAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        // Whoever wrote since has its own to settle.
        if (
            await FindAsync(profile.Id, cancellationToken) is not { IsPending: true } now
            || now.Since != profile.Since
            || !now.Released.SequenceEqual(profile.Released)
        )
            return;
        var actions = new List<TableTransactionAction>
        {
            now.Accounts.IsEmpty
                ? new(TableTransactionActionType.Delete, now.ToRow(keys), now.ETag)
                : new(TableTransactionActionType.UpdateReplace, (now with { IsPending = false, Released = [] }).ToRow(keys), now.ETag),
        };
        foreach (var account in now.Released)
            actions.Add(
                new(
                    TableTransactionActionType.Delete,
                    new TableEntity(ProfileDocument.Partition, ProfileDocument.ClaimOf(keys, account)),
                    ETag.All
                )
            );
        await TrySubmitAsync(actions, cancellationToken);
    }

    private async Task<bool> TrySubmitAsync(List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
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

    private async Task<TableEntity?> RowAsync(string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(ProfileDocument.Partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
