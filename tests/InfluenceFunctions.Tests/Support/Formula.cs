namespace InfluenceFunctions.Tests.Support;

/// <summary>What the formula says of a log, to compare scores with.</summary>
internal static class Formula
{
    /// <summary>Compares the cards of the accounts with the most people.</summary>
    public static async Task AssertCardsAsync(RunningApp app, RealLog log, int accounts)
    {
        foreach (var (account, state) in Reference(log).OrderByDescending(e => e.Value.Totals.People).Take(accounts))
        {
            var card = (await app.CardAsync(account.Value))!.Value;
            var asOf = card.GetProperty("asOf").GetDateTimeOffset().ToUnixTimeSeconds();
            var expected = state.ScoreAt(asOf).Value;
            Assert.Equal(expected, ScoringPolicy.Current.ScoreOf(card.GetProperty("influence").GetDouble()), 1e-6);
            // Told to 4 decimals.
            Assert.Equal(expected, card.GetProperty("score").GetDouble(), 5.1e-5);
            Assert.Equal(state.Totals.Interactions, card.GetProperty("coverage").GetProperty("interactions").GetInt64());
        }
    }

    private static Dictionary<AccountId, AccountState> Reference(RealLog log)
    {
        var keys = new KeyHasher(1);
        return log
            .Facts.GroupBy(f => f.Target!.Value)
            .ToDictionary(
                g => g.Key,
                g =>
                    AccountUpdate
                        .Apply(AccountState.Empty(g.Key, ScoringPolicy.Current, keys), [.. g], VoteTable.AllOne, log.LastMoment)
                        .State
            );
    }
}
