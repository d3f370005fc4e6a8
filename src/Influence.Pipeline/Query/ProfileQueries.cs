using Azure.Data.Tables;

namespace Influence.Pipeline.Query;

/// <summary>Reads score cards: one table operation each, whatever the account's history.</summary>
public sealed class ProfileQueries
{
    private static readonly string[] Columns = ["V", AccountRow.Summary];

    private readonly Deployment deployment;
    private readonly GlobalRanks ranks;
    private readonly TimeProvider clock;

    internal ProfileQueries(Deployment deployment, GlobalRanks ranks, TimeProvider clock) =>
        (this.deployment, this.ranks, this.clock) = (deployment, ranks, clock);

    /// <summary>The card of a profile as of now; null when nothing is known of it.</summary>
    public async Task<ScoreCard?> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var row = await deployment.Accounts.GetEntityIfExistsAsync<TableEntity>(
            keys.PartitionOf(id),
            keys.StateOf(id),
            Columns,
            cancellationToken
        );
        return row.HasValue
            ? CardOf(AccountRow.ReadSummary(row.Value!, id, keys.Hasher), await ranks.LatestAsync(cancellationToken))
            : null;
    }

    private ScoreCard CardOf(AccountState state, BoardMeta? board)
    {
        var now = clock.GetUtcNow();
        var moment = now.ToUnixTimeSeconds();
        var score = state.ScoreAt(moment);
        var ranked = board is null ? null : BoardScore.Of(state, BoardSet.Global, board);
        return new ScoreCard(
            state.Account.Value,
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
            ranked is { } s ? board!.Histogram.RankOf(s) : null,
            ranked is { } t ? board!.Histogram.PercentileOf(t) : null,
            score.PolicyVersion,
            new ScoreCardCoverage(state.Totals.Interactions, state.Totals.People, state.ActiveDays),
            DateTimeOffset.FromUnixTimeSeconds(moment)
        );
    }

    private static double ChangeOver(AccountState state, Score now, long moment, int days)
    {
        var then = state.History.InputsAt(moment - (days * ScoringPolicy.Day), state.Policy) ?? default;
        return now.Value - Score.Of(then, state.Policy).Value;
    }
}
