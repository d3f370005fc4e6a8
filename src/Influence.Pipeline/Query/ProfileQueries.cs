using Azure;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Reads score cards: one table operation each for an account by itself, whatever its history.</summary>
/// <remarks>For an account that nobody has engaged two more: which pages of activity are in force, and its own.</remarks>
public sealed class ProfileQueries
{
    /// <summary>Most cards of one call.</summary>
    public const int MaxCards = 100;

    internal const int DefaultCardSeconds = 30;
    private const int CardsAtATime = 16;

    // About a kilobyte each.
    private const int MaxCachedCards = 20_000;

    private readonly ProfileReader profiles;
    private readonly BoardCatalogue catalogue;
    private readonly Suppression suppression;
    private readonly ReadCache<(AccountId Id, ETag Erased), ScoreCard> cards;
    private readonly ActorCards actors;

    internal ProfileQueries(
        ProfileReader profiles,
        BoardCatalogue catalogue,
        Suppression suppression,
        ActorCards actors,
        TimeProvider clock,
        IOptions<InfluenceOptions> options
    )
    {
        (this.profiles, this.catalogue, this.suppression, this.actors) = (profiles, catalogue, suppression, actors);
        cards = new("cards", clock, options.Value.CardCacheSeconds, DefaultCardSeconds, MaxCachedCards);
    }

    /// <summary>The card of a profile as of this minute; null when nothing is known of it.</summary>
    public async Task<ScoreCard?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        (await FindFreshAsync(id, cancellationToken))?.Value;

    /// <summary>The same with how long it may still be kept: not older than <see cref="InfluenceOptions.CardCacheSeconds"/>.</summary>
    /// <remarks>An erasure makes every card that is kept an old one: what it says of others is known at once.</remarks>
    public async Task<Fresh<ScoreCard>?> FindFreshAsync(AccountId id, CancellationToken cancellationToken)
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        return erased.Has(id)
            ? null
            : await cards.GetAsync((id, erased.Version), async token => (await LoadAsync(id, erased, token)).Card, cancellationToken);
    }

    /// <summary>The cards of several profiles, beside each other.</summary>
    /// <param name="ids">At most <see cref="MaxCards"/> ids.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The cards in the order of the ids, and how long all of them may be kept.</returns>
    public async Task<Fresh<ScoreCards>> FindAllAsync(IReadOnlyList<AccountId> ids, CancellationToken cancellationToken)
    {
        var found = new Fresh<ScoreCard>?[ids.Count];
        await Parallel.ForAsync(
            0,
            ids.Count,
            Parallelism.AtMost(CardsAtATime, cancellationToken),
            async (i, token) => found[i] = await FindFreshAsync(ids[i], token)
        );
        var known = found.OfType<Fresh<ScoreCard>>().ToList();
        return new Fresh<ScoreCards>(
            new ScoreCards([.. known.Select(k => k.Value)], [.. ids.Where((_, i) => found[i] is null).Select(id => id.Value)]),
            known.Count == found.Length ? known.Select(k => k.FreshSeconds).DefaultIfEmpty(0).Min() : 0
        );
    }

    /// <summary>The card as of this minute, and its profile: null for an account that only engages others.</summary>
    internal async Task<(ScoreCard? Card, LoadedProfile? Profile)> LoadAsync(
        AccountId id,
        ErasedAccounts erased,
        CancellationToken cancellationToken
    )
    {
        StorageRequests.Enter("query");
        if (await profiles.FindAsync(id, erased, cancellationToken) is not { } profile)
            return (await actors.FindAsync(id, cancellationToken), null);
        // A row without facts is of an operator's call: it takes nothing from what is known otherwise.
        if (profile is { Document: null, View.AsOf: 0 } && await actors.FindAsync(id, cancellationToken) is { } actor)
            return (actor with { Standing = CardContract.StandingOf(profile) }, null);
        var board = await catalogue.LatestGlobalAsync(cancellationToken);
        return (CardContract.Of(profile, board is null ? null : BoardPlace.Of(profile, BoardBuilder.Global, board)), profile);
    }
}
