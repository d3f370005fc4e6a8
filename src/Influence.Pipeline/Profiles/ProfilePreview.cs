namespace Influence.Pipeline.Profiles;

/// <summary>What a change of a profile does to scores. Computed from the accounts as they are, before anything is written.</summary>
internal sealed class ProfilePreview(AccountWriter writer, ActorCards actors, TimeProvider clock)
{
    /// <summary>Whether anything is known of an account: facts about it, or by it once a settlement has seen them.</summary>
    public async Task<bool> IsKnownAsync(AccountId account, CancellationToken cancellationToken) =>
        (await LoadAsync(account, [], cancellationToken)).ETag is not null
        || await actors.ActivityOfAsync(account, cancellationToken) is not null;

    /// <summary>The profile as it will be, and what its accounts are now.</summary>
    /// <param name="before">The profile as it is; null for none.</param>
    /// <param name="after">The profile as it is to be.</param>
    /// <param name="isPreview">Whether nothing will be written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<LinkedProfile> OfAsync(
        ProfileDocument? before,
        ProfileDocument after,
        bool isPreview,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        AccountId[] all = [.. after.Accounts.Concat(before?.Accounts ?? []).Distinct()];
        var documents = await Task.WhenAll(all.Select(a => LoadAsync(a, after.Accounts, cancellationToken)));
        var states = documents.Select(d => d.State).ToDictionary(s => s.Account);
        var then = all.GroupBy(a => before?.Accounts.Contains(a) == true ? before.Id : a)
            .Select(g => (g.Key, View: ViewOf(g.Select(a => states[a]), now)))
            .Select(p => new ProfileBefore(p.Key.Value, p.View.Score.Value, p.View.Score.Influence));
        AccountState[] linked = [.. after.Accounts.Select(a => ProfileLinking.Link(states[a], after.Accounts, after.Since))];
        var score = linked.Length == 0 ? null : ViewOf(linked, now).Score;
        return new LinkedProfile(
            after.Id.Value,
            [.. after.Accounts.Select(a => a.Value)],
            after.Name,
            after.Url,
            after.Avatar,
            score?.Value ?? 1,
            score?.Influence ?? 0,
            linked.Sum(a => a.Link!.InnerAt(now, a.Policy).People),
            [.. then.OrderByDescending(b => b.Influence)],
            isPreview ? true : null
        )
        {
            Badge = after.HasBadge ? null : false,
        };
    }

    private static ProfileView ViewOf(IEnumerable<AccountState> states, long now) => new([.. states], now);

    private async Task<AccountDocument> LoadAsync(AccountId account, IEnumerable<AccountId> fellows, CancellationToken cancellationToken)
    {
        var store = await writer.StoreAsync(cancellationToken);
        return await store.LoadAsync(account, state => ProfileLinking.Needs(state, fellows), cancellationToken);
    }
}
