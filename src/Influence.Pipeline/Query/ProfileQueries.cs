using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Reads score cards: one table operation each, whatever the account's history.</summary>
public sealed class ProfileQueries
{
    private const int DefaultCardSeconds = 30;

    // About a kilobyte each.
    private const int MaxCards = 20_000;

    private readonly Deployment deployment;
    private readonly BoardCatalogue catalogue;
    private readonly TimeProvider clock;
    private readonly ReadCache<AccountId, ScoreCard> cards;

    internal ProfileQueries(Deployment deployment, BoardCatalogue catalogue, TimeProvider clock, IOptions<InfluenceOptions> options)
    {
        (this.deployment, this.catalogue, this.clock) = (deployment, catalogue, clock);
        cards = new(clock, options.Value.CardCacheSeconds, DefaultCardSeconds, MaxCards);
    }

    /// <summary>The card of a profile as of this minute; null when nothing is known of it.</summary>
    public async Task<ScoreCard?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        (await FindFreshAsync(id, cancellationToken))?.Value;

    /// <summary>The same with how long it may still be kept: not older than <see cref="InfluenceOptions.CardCacheSeconds"/>.</summary>
    public Task<Fresh<ScoreCard>?> FindFreshAsync(AccountId id, CancellationToken cancellationToken) =>
        cards.GetAsync(id, token => LoadAsync(id, token), cancellationToken);

    private async Task<ScoreCard?> LoadAsync(AccountId id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var row = await deployment.Accounts.GetEntityIfExistsAsync<TableEntity>(
            keys.PartitionOf(id),
            keys.StateOf(id),
            BoardPlace.Columns,
            cancellationToken
        );
        if (!row.HasValue)
            return null;
        var state = AccountRow.ReadSummary(row.Value!, id, keys.Hasher);
        var board = await catalogue.LatestGlobalAsync(cancellationToken);
        return CardOf(state, board is null ? null : BoardPlace.Of(row.Value!, state, BoardBuilder.Global, board));
    }

    // To the minute, so that a card's ETag changes only when the card does.
    private ScoreCard CardOf(AccountState state, BoardPlace? place)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var moment = now - (now % 60);
        var score = state.ScoreAt(moment);
        return new ScoreCard(
            state.Account.Value,
            state.Name,
            score.Value,
            score.Influence,
            score.Reach,
            score.Depth,
            score.Voice,
            score.Audience,
            new ScoreCardChange(
                ChangeOver(state, score, moment, 1),
                ChangeOver(state, score, moment, 7),
                ChangeOver(state, score, moment, 30)
            ),
            place?.Rank,
            place?.Percentile,
            place?.IsProvisional == true ? true : null,
            score.PolicyVersion,
            new ScoreCardCoverage(state.Totals.Interactions, state.Totals.People, state.ActiveDays),
            DateTimeOffset.FromUnixTimeSeconds(moment)
        );
    }

    // Against the end of the day so many days ago (UTC), as known then.
    private static double ChangeOver(AccountState state, Score now, long moment, int days)
    {
        var then = state.InputsAtEndOf((int)(moment / ScoringPolicy.Day) - days);
        return now.Value - Score.Of(then, state.Policy).Value;
    }
}
