namespace Influence.Pipeline.Tests.Support;

/// <summary>The same facts applied in memory by the core alone: what storage must come to.</summary>
internal sealed class World(KeyHasher keys, long now)
{
    private const double Tolerance = 1e-9;

    public Dictionary<AccountId, AccountState> States { get; } = [];

    public void Apply(IEnumerable<Fact> facts)
    {
        foreach (var group in facts.GroupBy(f => f.About!.Value))
        {
            var state = States.GetValueOrDefault(group.Key) ?? AccountState.Empty(group.Key, ScoringPolicy.Current, keys);
            States[group.Key] = AccountUpdate.Apply(state, [.. group], VoteTable.AllOne, now).State;
        }
    }

    /// <summary>Every account's card says what its state in memory says.</summary>
    public Task AssertStoredAsync(App app) =>
        Parallel.ForEachAsync(States.Values, async (state, _) => AssertSame(state, await app.CardAsync(state.Account.Value), app.Now));

    public static void AssertSame(AccountState expected, ScoreCard? card, long at)
    {
        Assert.NotNull(card);
        var score = expected.ScoreAt(at);
        Close(score.Value, card.Score);
        Close(score.Influence, card.Influence);
        Close(score.Reach, card.Reach);
        Close(score.Depth, card.Depth);
        Close(score.Voice, card.Voice);
        Close(score.Audience, card.Audience);
        Assert.Equal(new ScoreCardCoverage(expected.Totals.Interactions, expected.Totals.People, expected.ActiveDays), card.Coverage);
    }

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, Tolerance * (1 + Math.Abs(expected)));
}
