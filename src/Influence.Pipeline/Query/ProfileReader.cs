using Azure.Data.Tables;

namespace Influence.Pipeline.Query;

/// <summary>A profile as it was read: its accounts' summaries, and their rows in the same order.</summary>
/// <param name="Id">What names it: its first account.</param>
/// <param name="View">The profile.</param>
/// <param name="Rows">The state rows, in the same order.</param>
/// <param name="Document">What the operator said of it; null for an account by itself.</param>
internal sealed record LoadedProfile(AccountId Id, ProfileView View, IReadOnlyList<TableEntity> Rows, ProfileDocument? Document)
{
    /// <summary>The display name: what the operator said, else the latest that facts told; null for none.</summary>
    public string? Name => Document?.Name ?? View.Name;

    /// <summary>How operators see it: the worst standing of its accounts.</summary>
    public Standing Standing => View.Accounts.Max(a => a.Standing);
}

/// <summary>Reads a profile by any of its accounts: one row, and for a linked one the others beside each other.</summary>
internal sealed class ProfileReader(Deployment deployment, TimeProvider clock)
{
    /// <summary>The profile; null when nothing is known of the account.</summary>
    /// <param name="account">Any of its accounts, not erased.</param>
    /// <param name="erased">Who was erased: the profile is told without them, before it is changed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<LoadedProfile?> FindAsync(AccountId account, ErasedAccounts erased, CancellationToken cancellationToken)
    {
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        if (await RowAsync(account, keys, cancellationToken) is not { } row)
            return null;
        var state = AccountRow.ReadSummary(row, account, keys.Hasher);
        if (state.Link is not { } link)
            return new LoadedProfile(account, new ProfileView([state], Moment), [row], null);
        var document = new ProfileStore(deployment.Profiles, keys).FindAsync(link.Profile, cancellationToken);
        var all = await Task.WhenAll(
            link.Accounts.Where(a => !erased.Has(a))
                .Select(async a => a == account ? (State: state, Row: row) : await ReadAsync(a, keys, cancellationToken))
        );
        // One that has left, or is on its way, is not of this profile.
        var linked = all.Where(a => a.State.Link?.Profile == link.Profile).ToList();
        return new LoadedProfile(
            erased.Has(link.Profile) ? linked[0].State.Account : link.Profile,
            new ProfileView([.. linked.Select(a => a.State)], Moment),
            [.. linked.Select(a => a.Row!)],
            await document
        );
    }

    // To the minute, so that an answer's ETag changes only when the answer does.
    private long Moment => clock.GetUtcNow().ToUnixTimeSeconds() is var now ? now - (now % 60) : 0;

    private async Task<(AccountState State, TableEntity? Row)> ReadAsync(
        AccountId account,
        AccountKeys keys,
        CancellationToken cancellationToken
    )
    {
        var row = await RowAsync(account, keys, cancellationToken);
        return row is null
            ? (AccountState.Empty(account, ScoringPolicy.Current, keys.Hasher), null)
            : (AccountRow.ReadSummary(row, account, keys.Hasher), row);
    }

    private async Task<TableEntity?> RowAsync(AccountId account, AccountKeys keys, CancellationToken cancellationToken)
    {
        var found = await deployment.Accounts.GetEntityIfExistsAsync<TableEntity>(
            keys.PartitionOf(account),
            keys.StateOf(account),
            BoardPlace.Columns,
            cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }
}
