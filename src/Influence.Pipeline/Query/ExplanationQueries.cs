using Azure;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Reads why a score is what it is, and how it moved: one table operation for an account by itself.</summary>
public sealed class ExplanationQueries
{
    /// <summary>How far back a change is told, and the history reaches, days.</summary>
    public const int MaxDays = History.Window;

    private const int DefaultSeconds = 30;

    // Some ten kilobytes each.
    private const int MaxCached = 2_000;

    private readonly ProfileReader profiles;
    private readonly Suppression suppression;
    private readonly TimeProvider clock;
    private readonly ReadCache<(AccountId Id, DateOnly Since, ETag Erased), Explanation> explanations;
    private readonly ReadCache<(AccountId Id, int Days, ETag Erased), ScoreHistory> histories;

    internal ExplanationQueries(ProfileReader profiles, Suppression suppression, TimeProvider clock, IOptions<InfluenceOptions> options)
    {
        (this.profiles, this.suppression, this.clock) = (profiles, suppression, clock);
        explanations = new("explanations", clock, options.Value.CardCacheSeconds, DefaultSeconds, MaxCached);
        histories = new("histories", clock, options.Value.CardCacheSeconds, DefaultSeconds, MaxCached);
    }

    /// <summary>Today, UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The explanation of a profile; null when nothing is known of it.</summary>
    /// <param name="id">Any of its accounts.</param>
    /// <param name="since">The day at whose end the change begins: one of the <see cref="MaxDays"/> before today.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Fresh<Explanation>?> ExplainAsync(AccountId id, DateOnly since, CancellationToken cancellationToken)
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        return erased.Has(id)
            ? null
            : await explanations.GetAsync((id, since, erased.Version), token => LoadAsync(id, since, erased, token), cancellationToken);
    }

    /// <summary>The scores of the last days, today's included; null when nothing is known of the profile.</summary>
    /// <param name="id">Any of its accounts.</param>
    /// <param name="days">How many, 1 to <see cref="MaxDays"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Fresh<ScoreHistory>?> HistoryAsync(AccountId id, int days, CancellationToken cancellationToken)
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        return erased.Has(id)
            ? null
            : await histories.GetAsync((id, days, erased.Version), token => LoadHistoryAsync(id, days, erased, token), cancellationToken);
    }

    private async Task<Explanation?> LoadAsync(AccountId id, DateOnly since, ErasedAccounts erased, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        return await profiles.FindAsync(id, erased, cancellationToken) is { } profile
            ? ExplanationContract.Of(profile, DayOf(since), erased)
            : null;
    }

    private async Task<ScoreHistory?> LoadHistoryAsync(AccountId id, int days, ErasedAccounts erased, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        return await profiles.FindAsync(id, erased, cancellationToken) is { } profile ? HistoryContract.Of(profile, days) : null;
    }

    internal static DateOnly DateOf(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);

    internal static int DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
