using Azure;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Reads score cards: one table operation each for an account by itself, whatever its history.</summary>
/// <remarks>For an account that nobody has engaged two more: which pages of activity are in force, and its own.</remarks>
public sealed class ProfileQueries
{
    /// <summary>Most cards of one call.</summary>
    public const int MaxCards = 100;

    private const int DefaultCardSeconds = 30;
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
        cards = new(clock, options.Value.CardCacheSeconds, DefaultCardSeconds, MaxCachedCards);
    }

    /// <summary>The card of a profile as of this minute; null when nothing is known of it.</summary>
    public async Task<ScoreCard?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        (await FindFreshAsync(id, cancellationToken))?.Value;

    /// <summary>The same with how long it may still be kept: not older than <see cref="InfluenceOptions.CardCacheSeconds"/>.</summary>
    /// <remarks>An erasure makes every card that is kept an old one: what it says of others is known at once.</remarks>
    public async Task<Fresh<ScoreCard>?> FindFreshAsync(AccountId id, CancellationToken cancellationToken)
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        return erased.Has(id) ? null : await cards.GetAsync((id, erased.Version), token => LoadAsync(id, erased, token), cancellationToken);
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

    private async Task<ScoreCard?> LoadAsync(AccountId id, ErasedAccounts erased, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        if (await profiles.FindAsync(id, erased, cancellationToken) is not { } profile)
            return await actors.FindAsync(id, cancellationToken);
        // A row without facts is of an operator's call: it takes nothing from what is known otherwise.
        if (profile is { Document: null, View.AsOf: 0 } && await actors.FindAsync(id, cancellationToken) is { } actor)
            return actor with { Standing = StandingOf(profile) };
        var board = await catalogue.LatestGlobalAsync(cancellationToken);
        return CardOf(profile, board is null ? null : BoardPlace.Of(profile, BoardBuilder.Global, board));
    }

    private static ScoreCard CardOf(LoadedProfile profile, BoardPlace? place)
    {
        var (view, document) = (profile.View, profile.Document);
        var score = view.Score;
        var own = view.StyledAccount;
        return new ScoreCard(
            profile.Id.Value,
            profile.Name,
            score.Value,
            score.Influence,
            score.Reach,
            score.Depth,
            score.Voice,
            score.Audience,
            new ScoreCardChange(ChangeOver(view, score, 1), ChangeOver(view, score, 7), ChangeOver(view, score, 30)),
            place?.Rank,
            place?.Percentile,
            place?.IsProvisional == true ? true : null,
            score.PolicyVersion,
            new ScoreCardCoverage(view.Interactions, view.People, view.Days),
            DateTimeOffset.FromUnixTimeSeconds(view.Moment)
        )
        {
            Accounts = document is null ? null : [.. view.Accounts.Select(a => a.Account.Value)],
            Url = document?.Url,
            Avatar = document?.Avatar,
            Standing = StandingOf(profile),
            Style = Measures.StyleOf(own.Style),
            EngagesBack = own.Style is null ? null : own.EngagesBack,
            Makeup = Measures.MakeupOf(view),
        };
    }

    private static string? StandingOf(LoadedProfile profile) =>
        profile.Standing == Standing.Member ? null : profile.Standing.ToString().ToLowerInvariant();

    // Against the end of the day so many days ago (UTC), as known then.
    private static double ChangeOver(ProfileView view, Score now, int days) => now.Value - view.ScoreAtEndOf(view.Today - days).Value;
}
