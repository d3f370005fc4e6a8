using System.Collections.Immutable;
using CsCheck;

namespace Influence.Scoring.Tests.Support;

/// <summary>A random life of an account: facts, undos, settlements, links, standings and a change of policy.</summary>
internal static class Life
{
    public const int Days = 40;
    public static readonly long Start = Scenario.Now - (Days * ScoringPolicy.Day);

    /// <summary>Another policy: other points, another half-life, other rates.</summary>
    public static readonly ScoringPolicy Other = ScoringPolicy.Version1 with
    {
        Version = 2,
        Memo = "For tests.",
        Points = [0, 0.1, 1, 1, 3, 2, 2, 5, 6, 0],
        HalfLife = 20 * ScoringPolicy.Day,
        FollowerRate = 0.01,
    };

    public static Gen<(AccountState State, long Moment)> Any { get; } =
        Gen.Select(Scenario.Facts, Gen.Int[0, int.MaxValue - 1]).Select((facts, seed) => Of(facts, seed));

    /// <summary>Facts in the order of their moments, with other things in between.</summary>
    public static (AccountState State, long Moment) Of(Fact[] facts, int seed)
    {
        var random = new Random(seed);
        var (state, moment) = (Scenario.Empty, Start);
        IVotes votes = VoteTable.AllOne;
        foreach (var fact in facts.OrderBy(f => f.At))
        {
            moment = Math.Max(moment, fact.At);
            state = AccountUpdate.Apply(state, [fact], votes, moment).State;
            switch (random.Next(8))
            {
                case 0:
                    votes = Scenario.Votes(random.Next());
                    state = AccountRecompute.Recompute(state, votes, moment);
                    break;
                case 1 when fact is Interaction done:
                    state = AccountUpdate.Apply(state, [new Undo(done) { At = moment }], votes, moment).State;
                    break;
                case 2:
                    state = state.Link is null ? ProfileLinking.Link(state, Fellows(random), moment) : ProfileLinking.Unlink(state);
                    break;
                case 3:
                    state = state with { Standing = (Standing)random.Next(3) };
                    break;
                case 4 when state.Policy.Version == 1 && random.Next(4) == 0:
                    state = PolicyChangeover.Apply(state, Other, moment);
                    break;
            }
        }

        return (state, Math.Max(moment, Scenario.Now));
    }

    /// <summary>The account and some of those that engage it, in any order.</summary>
    public static ImmutableArray<AccountId> Fellows(Random random)
    {
        AccountId[] accounts =
        [
            Scenario.Target,
            .. Enumerable.Range(0, 10).Where(_ => random.Next(3) == 0).Select(i => AccountId.Parse($"net:a{i}")),
        ];
        random.Shuffle(accounts);
        return [.. accounts];
    }
}
