using Azure;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Everything that a page about a profile shows, as of one moment.</summary>
/// <param name="Card">The card.</param>
/// <param name="Explanation">Why; null for an account that only engages others.</param>
/// <param name="History">The score of each day; null for such an account.</param>
public sealed record ProfileReading(ScoreCard Card, Explanation? Explanation, ScoreHistory? History);

/// <summary>Reads a profile once for its card, explanation and history together.</summary>
/// <remarks>One table operation for an account by itself.</remarks>
public sealed class ProfileReadings
{
    // Some 30 KB each.
    private const int MaxCached = 1000;
    private readonly ProfileQueries cards;
    private readonly Suppression suppression;
    private readonly ReadCache<(AccountId Id, DateOnly Since, ETag Erased), ProfileReading> readings;

    internal ProfileReadings(ProfileQueries cards, Suppression suppression, TimeProvider clock, IOptions<InfluenceOptions> options)
    {
        (this.cards, this.suppression) = (cards, suppression);
        readings = new("readings", clock, options.Value.CardCacheSeconds, ProfileQueries.DefaultCardSeconds, MaxCached);
    }

    /// <summary>The reading; null when nothing is known of the profile.</summary>
    /// <param name="id">Any of its accounts.</param>
    /// <param name="since">The day at whose end the change begins: at most <see cref="ExplanationQueries.MaxDays"/> days ago.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Fresh<ProfileReading>?> FindAsync(AccountId id, DateOnly since, CancellationToken cancellationToken)
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        return erased.Has(id)
            ? null
            : await readings.GetAsync((id, since, erased.Version), token => LoadAsync(id, since, erased, token), cancellationToken);
    }

    private async Task<ProfileReading?> LoadAsync(AccountId id, DateOnly since, ErasedAccounts erased, CancellationToken cancellationToken)
    {
        var (card, profile) = await cards.LoadAsync(id, erased, cancellationToken);
        if (card is null)
            return null;
        return profile is null
            ? new ProfileReading(card, null, null)
            : new ProfileReading(
                card,
                ExplanationContract.Of(profile, ExplanationQueries.DayOf(since), erased),
                HistoryContract.Of(profile, ExplanationQueries.MaxDays)
            );
    }
}
