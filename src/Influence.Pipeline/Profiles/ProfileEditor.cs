using System.Collections.Immutable;

namespace Influence.Pipeline.Profiles;

/// <summary>Links accounts into profiles, and unlinks them.</summary>
/// <remarks>
/// The profile and the claims on its accounts change in one transaction; then the link in each account's state row follows, one by one. An
/// account that leaves stays claimed until its link is gone. What broke off is taken up again: by the next call that meets it, or by
/// <see cref="ResumeAsync"/>.
/// </remarks>
public sealed class ProfileEditor
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Deployment deployment;
    private readonly AccountEditor accounts;
    private readonly ProfilePreview preview;
    private readonly Suppression suppression;
    private readonly OptimisticConcurrency concurrency;
    private readonly TimeProvider clock;

    internal ProfileEditor(
        Deployment deployment,
        AccountEditor accounts,
        ProfilePreview preview,
        Suppression suppression,
        OptimisticConcurrency concurrency,
        TimeProvider clock
    ) =>
        (this.deployment, this.accounts, this.preview, this.suppression, this.concurrency, this.clock) = (
            deployment,
            accounts,
            preview,
            suppression,
            concurrency,
            clock
        );

    /// <summary>Makes or changes the profile that an account is one of. Idempotent.</summary>
    /// <param name="id">The account; it must be among the profile's.</param>
    /// <param name="change">What the profile is to be.</param>
    /// <param name="isPreview">Whether only to tell what would be.</param>
    /// <param name="cancellationToken">Gives up; the same call goes on.</param>
    public Task<ProfileResult> PutAsync(AccountId id, ProfileChange change, bool isPreview, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            known => known is null && change.Accounts is null ? [id] : [.. change.Accounts ?? known!.Accounts],
            change,
            isPreview,
            cancellationToken
        );

    /// <summary>Dissolves the profile that an account is one of: each account is by itself again. Idempotent.</summary>
    public Task<ProfileResult> DeleteAsync(AccountId id, bool isPreview, CancellationToken cancellationToken) =>
        ChangeAsync(id, known => known is null ? null : [], new ProfileChange([]), isPreview, cancellationToken);

    /// <summary>Takes one account out of its profile, if it is in one.</summary>
    internal Task RemoveAsync(AccountId account, CancellationToken cancellationToken) =>
        ChangeAsync(account, known => known is null ? null : [.. known.Accounts.Where(a => a != account)], null, false, cancellationToken);

    /// <summary>Takes up again what broke off.</summary>
    /// <returns>How many profiles had not been finished.</returns>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("profiles");
        var store = await StoreAsync(cancellationToken);
        var late = (await store.PendingAsync(cancellationToken)).Where(p => p.At < clock.GetUtcNow() - Patience).ToList();
        foreach (var profile in late)
            await FollowAsync(store, profile, cancellationToken);
        return late.Count;
    }

    private async Task<ProfileResult> ChangeAsync(
        AccountId id,
        Func<ProfileDocument?, ImmutableArray<AccountId>?> accountsOf,
        ProfileChange? change,
        bool isPreview,
        CancellationToken cancellationToken
    )
    {
        StorageRequests.Enter("profiles");
        var store = await StoreAsync(cancellationToken);
        ProfileDocument? dissolved = null;
        var (result, written) = await concurrency.RunAsync<(ProfileResult Result, ProfileDocument? Written)>(
            "a profile",
            async _ =>
            {
                var before = await store.HolderAsync(id, cancellationToken);
                if (before is { IsPending: true } && !isPreview)
                {
                    // What broke off comes first: a released account is not free before its link is gone.
                    if (before.Accounts.IsEmpty)
                        dissolved = before;
                    await FollowAsync(store, before, cancellationToken);
                    return Attempt.Conflict<(ProfileResult, ProfileDocument?)>();
                }

                if (before?.Accounts.Contains(id) == false)
                    before = null;
                if (accountsOf(before) is not { } wanted)
                    return Attempt.Done<(ProfileResult, ProfileDocument?)>(
                        (
                            dissolved is null
                                ? new ProfileResult(ProfileOutcome.UnknownProfile)
                                : await DoneAsync(dissolved with { Accounts = dissolved.Released }, dissolved),
                            null
                        )
                    );
                if (change is not null && await RefuseAsync(store, before, wanted, cancellationToken) is { } refused)
                    return Attempt.Done<(ProfileResult, ProfileDocument?)>((refused, null));
                var next = Next(before, wanted, change);
                var done = await DoneAsync(before, next);
                return isPreview || await store.TryWriteAsync(before, next, cancellationToken)
                    ? Attempt.Done<(ProfileResult, ProfileDocument?)>((done, isPreview ? null : next))
                    : Attempt.Conflict<(ProfileResult, ProfileDocument?)>();
            },
            cancellationToken
        );
        if (written is { IsPending: true })
            await FollowAsync(store, written, cancellationToken);
        // An erasure that began after the check above, and was quicker.
        if (change is not null && written is not null)
            foreach (var account in written.Accounts.Where((await suppression.NowAsync(cancellationToken)).Has))
            {
                await RemoveAsync(account, cancellationToken);
                result = new ProfileResult(ProfileOutcome.Erased, Account: account);
            }

        return result;

        async Task<ProfileResult> DoneAsync(ProfileDocument? before, ProfileDocument after) =>
            new(ProfileOutcome.Done, await preview.OfAsync(before, after, isPreview, cancellationToken));
    }

    private async Task<ProfileResult?> RefuseAsync(
        ProfileStore store,
        ProfileDocument? before,
        ImmutableArray<AccountId> wanted,
        CancellationToken cancellationToken
    )
    {
        var erased = await suppression.NowAsync(cancellationToken);
        foreach (var account in wanted.Except(before?.Accounts ?? []))
        {
            if (erased.Has(account))
                return new ProfileResult(ProfileOutcome.Erased, Account: account);
            if (await store.HolderAsync(account, cancellationToken) is { } other)
            {
                if (other.Accounts.Contains(account))
                    return new ProfileResult(ProfileOutcome.LinkedElsewhere, Account: account, Other: other.Id);
                // It left that profile; its link goes before it joins this one.
                await FollowAsync(store, other, cancellationToken);
            }

            if (!await preview.IsKnownAsync(account, cancellationToken))
                return new ProfileResult(ProfileOutcome.UnknownAccount, Account: account);
        }

        return null;
    }

    private ProfileDocument Next(ProfileDocument? before, ImmutableArray<AccountId> wanted, ProfileChange? change)
    {
        var now = clock.GetUtcNow();
        var isSame = before is not null && before.Accounts.SequenceEqual(wanted);
        return new ProfileDocument
        {
            Id = wanted.IsEmpty ? before!.Id : wanted[0],
            Accounts = wanted,
            Released = [.. (before?.Accounts ?? []).Concat(before?.Released ?? []).Except(wanted)],
            Name = change is null ? before?.Name : change.Name,
            Url = change is null ? before?.Url : change.Url,
            Avatar = change is null ? before?.Avatar : change.Avatar,
            HasBadge = change?.Badge ?? before?.HasBadge ?? true,
            // Later than the one before, so that links made then can be told from links made now.
            Since = isSame ? before!.Since : Math.Max(now.ToUnixTimeSeconds(), (before?.Since ?? 0) + 1),
            IsPending = !isSame || before!.IsPending,
            At = now,
        };
    }

    // The links follow what the profiles say; each step may repeat.
    private async Task FollowAsync(ProfileStore store, ProfileDocument profile, CancellationToken cancellationToken)
    {
        foreach (var account in profile.Accounts.Concat(profile.Released))
            await AlignAsync(store, account, cancellationToken);
        await store.SettleAsync(profile, cancellationToken);
    }

    // By what the claim says at the time, not by what the caller read: two that follow at once end alike.
    private Task<bool> AlignAsync(ProfileStore store, AccountId account, CancellationToken cancellationToken) =>
        concurrency.RunAsync(
            "the link of an account",
            async _ =>
            {
                var profile = await store.OfAsync(account, cancellationToken);
                await accounts.EditAsync(
                    account,
                    state => profile is null ? [] : ProfileLinking.Needs(state, profile.Accounts),
                    state =>
                        profile is null ? ProfileLinking.Unlink(state)
                        : IsLinked(state, profile) ? state
                        : ProfileLinking.Link(state, profile.Accounts, profile.Since),
                    cancellationToken
                );
                var now = await store.OfAsync(account, cancellationToken);
                // Of one second there may be two, with other accounts.
                var isSame = now?.Since == profile?.Since && (now?.Accounts ?? []).SequenceEqual(profile?.Accounts ?? []);
                return isSame ? Attempt.Done(true) : Attempt.Conflict<bool>();
            },
            cancellationToken
        );

    private static bool IsLinked(AccountState state, ProfileDocument profile) =>
        state.Link is { } link && link.Since == profile.Since && link.Accounts.SequenceEqual(profile.Accounts);

    private async Task<ProfileStore> StoreAsync(CancellationToken cancellationToken) =>
        new(deployment.Profiles, await deployment.AccountKeysAsync(cancellationToken));
}
