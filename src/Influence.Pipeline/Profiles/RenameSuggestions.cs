using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>Why two accounts may be one person's.</summary>
public enum RenameReason
{
    /// <summary>A login changed under an id that stays.</summary>
    Renamed,

    /// <summary>Both accounts say so themselves.</summary>
    Moved,
}

/// <summary>Two accounts that may be one person's, by what was seen.</summary>
/// <param name="Id">Names the suggestion.</param>
/// <param name="From">The account before.</param>
/// <param name="To">The account since.</param>
/// <param name="Source">The source that told it, with its instance.</param>
/// <param name="Why">What was seen.</param>
/// <param name="SeenAt">When.</param>
public sealed record SuggestedRename(string Id, AccountId From, AccountId To, string Source, RenameReason Why, DateTimeOffset SeenAt);

/// <summary>Suggestions of renames, for operators: nothing is linked by itself, since logins are reused.</summary>
public sealed class RenameSuggestions
{
    /// <summary>Most suggestions of one answer.</summary>
    public const int MaxListed = 100;

    private const int AtATime = 16;
    private readonly Deployment deployment;

    internal RenameSuggestions(Deployment deployment) => this.deployment = deployment;

    /// <summary>The latest suggestions, and which of their accounts have a state.</summary>
    public async Task<RenameSuggestionList> ListAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("profiles");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var all = await AllAsync(cancellationToken);
        var listed = new RenameSuggestion[Math.Min(all.Count, MaxListed)];
        await Parallel.ForEachAsync(
            all.OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id, StringComparer.Ordinal).Take(MaxListed).Index(),
            Parallelism.AtMost(AtATime, cancellationToken),
            async (item, token) =>
            {
                var (i, s) = item;
                var (from, to) = (await HasStateAsync(keys, s.From, token), await HasStateAsync(keys, s.To, token));
                var why = s.Why == RenameReason.Moved ? "moved" : "renamed";
                listed[i] = new RenameSuggestion(s.Id, s.From.Value, s.To.Value, s.Source, why, s.SeenAt, from, to);
            }
        );
        return new RenameSuggestionList(listed, all.Count);
    }

    /// <summary>A suggestion by its id; null for none.</summary>
    public async Task<SuggestedRename?> FindAsync(string id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("profiles");
        await deployment.KeysAsync(cancellationToken);
        var row = await SightingRows.FindAsync(deployment.Profiles, SightingRows.Suggestions, TableKey.Encode(id), cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <summary>Removes a suggestion that was dismissed or followed; it does not come back by itself.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } known)
            return false;
        await deployment.Profiles.DeleteEntityAsync(SightingRows.Suggestions, known.Id, ETag.All, cancellationToken);
        return true;
    }

    /// <summary>Removes the suggestions that an operator followed: both accounts are of one profile now.</summary>
    /// <param name="accounts">The profile's accounts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RemoveLinkedAsync(IReadOnlyCollection<string> accounts, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("profiles");
        if (accounts.Count < 2)
            return;
        await deployment.KeysAsync(cancellationToken);
        foreach (var known in await AllAsync(cancellationToken))
            if (accounts.Contains(known.From.Value) && accounts.Contains(known.To.Value))
                await deployment.Profiles.DeleteEntityAsync(SightingRows.Suggestions, known.Id, ETag.All, cancellationToken);
    }

    /// <summary>Writes a suggestion; idempotent. That of the way back is no longer true.</summary>
    internal async Task SuggestAsync(
        AccountId from,
        AccountId to,
        string source,
        RenameReason why,
        long at,
        CancellationToken cancellationToken
    )
    {
        var keys = await deployment.KeysAsync(cancellationToken);
        var row = new TableEntity(SightingRows.Suggestions, SightingRows.SuggestionId(keys, from, to))
        {
            [nameof(SuggestedRename.From)] = from.Value,
            [nameof(SuggestedRename.To)] = to.Value,
            [nameof(SuggestedRename.Source)] = source,
            [nameof(SuggestedRename.Why)] = why.ToString(),
            [nameof(SuggestedRename.SeenAt)] = DateTimeOffset.FromUnixTimeSeconds(at),
        };
        await deployment.Profiles.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        await deployment.Profiles.DeleteEntityAsync(
            SightingRows.Suggestions,
            SightingRows.SuggestionId(keys, to, from),
            ETag.All,
            cancellationToken
        );
    }

    /// <summary>Deletes what is known of who an account is. Idempotent.</summary>
    /// <remarks>
    /// Under which ids it was seen, and what is suggested of it. A scan: no index from accounts to ids that stay is kept of people, and
    /// erasures are rare.
    /// </remarks>
    internal async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var login = SightingRows.Login(SightingRows.LoginKey(await deployment.KeysAsync(cancellationToken), account));
        var (from, to) = (SightingRows.Seen(""), "seen}");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey lt {to} and (Account eq {account.Value} or RowKey eq {login})"
        );
        await TableSweep.DeleteAsync(deployment.Profiles, filter, cancellationToken);
        await WithdrawAsync(account, cancellationToken);
    }

    /// <summary>Withdraws the suggestions about an account that somebody else has now.</summary>
    internal async Task WithdrawAsync(AccountId account, CancellationToken cancellationToken)
    {
        foreach (var known in await AllAsync(cancellationToken))
            if (known.From == account || known.To == account)
                await deployment.Profiles.DeleteEntityAsync(SightingRows.Suggestions, known.Id, ETag.All, cancellationToken);
    }

    private async Task<List<SuggestedRename>> AllAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {SightingRows.Suggestions}");
        var all = new List<SuggestedRename>();
        await foreach (var row in deployment.Profiles.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            all.Add(Read(row));
        return all;
    }

    private async Task<bool> HasStateAsync(AccountKeys keys, AccountId account, CancellationToken cancellationToken) =>
        (
            await deployment.Accounts.GetEntityIfExistsAsync<TableEntity>(
                keys.PartitionOf(account),
                keys.StateOf(account),
                ["PartitionKey"],
                cancellationToken
            )
        ).HasValue;

    private static SuggestedRename Read(TableEntity row) =>
        new(
            row.RowKey,
            AccountId.Parse(row.GetString(nameof(SuggestedRename.From))),
            AccountId.Parse(row.GetString(nameof(SuggestedRename.To))),
            row.GetString(nameof(SuggestedRename.Source)),
            Enum.Parse<RenameReason>(row.GetString(nameof(SuggestedRename.Why))),
            row.GetDateTimeOffset(nameof(SuggestedRename.SeenAt))!.Value
        );
}
