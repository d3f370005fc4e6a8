namespace Influence.Scoring.Tests.Support;

/// <summary>Many accounts at once: facts in, each to the account it is about.</summary>
internal sealed class World(KeyHasher keys, IVotes? votes = null)
{
    public Dictionary<AccountId, AccountState> States { get; } = [];

    public void Apply(IEnumerable<Fact> facts, long now)
    {
        foreach (var group in facts.GroupBy(f => f.About!.Value))
        {
            var state = States.GetValueOrDefault(group.Key) ?? AccountState.Empty(group.Key, ScoringPolicy.Version1, keys);
            States[group.Key] = AccountUpdate.Apply(state, [.. group], votes ?? VoteTable.AllOne, now).State;
        }
    }
}
