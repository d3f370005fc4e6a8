using CsCheck;

namespace Influence.Scoring.Tests.State;

/// <summary>A link takes exactly the inner ties away, and unlinking brings everything back.</summary>
public sealed class ProfileLinkTests
{
    private static readonly AccountId Fellow = AccountId.Parse("net:a0");

    [Fact]
    public void Linking_lowers_by_exactly_the_inner_ties() =>
        Gen.Select(Scenario.Facts, Gen.Int[0, int.MaxValue - 1])
            .Sample(
                (facts, seed) =>
                {
                    var state = Scenario.Apply(facts, votes: Scenario.Votes(seed));
                    var accounts = Life.Fellows(new Random(seed));
                    var linked = ProfileLinking.Link(state, accounts, Scenario.Now);
                    var keys = accounts.Where(a => a != state.Account).Select(Scenario.Keys.KeyOf).ToHashSet();
                    var inner = StateView
                        .Ties(state)
                        .Where(t => keys.Contains(t.Actor))
                        .Sum(t => t.Vote * t.WeightAt(Scenario.Now, state.Policy));
                    StateView.Close(state.InputsAt(Scenario.Now).People - inner, linked.InputsAt(Scenario.Now).People, "people");
                    Assert.True(linked.ScoreAt(Scenario.Now).Value <= state.ScoreAt(Scenario.Now).Value);
                },
                iter: 10_000
            );

    [Fact]
    public void Unlinked_it_is_to_the_byte_what_it_would_be_had_it_never_been_linked() =>
        Gen.Select(Scenario.CollidingFacts, Scenario.CollidingFacts, Gen.Int[0, int.MaxValue - 1])
            .Sample(
                (first, second, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var before = Scenario.Apply(first);
                    var accounts = Life.Fellows(new Random(seed));
                    var linked = ProfileLinking.Link(before, accounts, Scenario.Now);
                    Assert.Equal(Bytes(before), Bytes(ProfileLinking.Unlink(linked)));
                    linked = AccountRecompute.Recompute(Scenario.Apply(second, state: linked), votes, Scenario.Now);
                    var never = AccountRecompute.Recompute(Scenario.Apply(second, state: before), votes, Scenario.Now);
                    Assert.Equal(Bytes(never), Bytes(ProfileLinking.Unlink(linked)));
                },
                iter: 10_000
            );

    [Fact]
    public void What_came_while_it_was_linked_is_as_if_it_were_linked_after_it() =>
        Gen.Select(Scenario.CollidingFacts, Scenario.CollidingFacts, Gen.Int[0, int.MaxValue - 1])
            .Sample(
                (first, second, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var accounts = Life.Fellows(new Random(seed));
                    var before = Scenario.Apply(first);
                    var early = Settled(Scenario.Apply(second, state: ProfileLinking.Link(before, accounts, Scenario.Now)));
                    var late = ProfileLinking.Link(Settled(Scenario.Apply(second, state: before)), accounts, Scenario.Now);
                    Assert.Equal<Person>([.. late.Link!.Inner], [.. early.Link!.Inner]);
                    StateView.Close(late.ScoreAt(Scenario.Now).Value, early.ScoreAt(Scenario.Now).Value, "score");
                    AccountState Settled(AccountState state) => AccountRecompute.Recompute(state, votes, Scenario.Now);
                },
                iter: 5_000
            );

    [Fact]
    public void Past_days_are_those_without_what_the_other_account_gave() =>
        Scenario.Interactions.Sample(
            facts =>
            {
                var all = InOrder(facts);
                var without = InOrder(facts.Where(f => f.Actor != Fellow));
                var linked = ProfileLinking.Link(all, [Scenario.Target, Fellow], Scenario.Now);
                var today = Ledger.DayOf(Scenario.Now);
                for (var day = today - 80; day <= today; day++)
                {
                    var (expected, actual) = (without.InputsAtEndOf(day), linked.InputsAtEndOf(day));
                    Assert.Equal(expected.People, actual.People, 1e-5);
                    Assert.Equal(expected.Reach, actual.Reach, 1e-5);
                }
            },
            iter: 1_000
        );

    [Fact]
    public void It_is_stored_and_read_with_everything() =>
        Life.Any.Sample(
            life =>
            {
                var state = ProfileLinking.Link(life.State, Life.Fellows(new Random(7)), life.Moment);
                if (state.Policy.Version != 1)
                    return;
                var read = StatePacking.ReadSummary(StatePacking.PackSummary(state), state.Account, Scenario.Keys);
                Assert.Equal(Bytes(state), Bytes(read));
                Assert.Equal<AccountId>([.. state.Link!.Accounts], [.. read.Link!.Accounts]);
                Assert.Equal(state.InputsAt(life.Moment), read.InputsAt(life.Moment));
                Assert.Equal(state.PeopleSince(0), read.PeopleSince(0));
            },
            iter: 1_000
        );

    [Fact]
    public void People_by_day_are_those_of_the_ties() =>
        Life.Any.Sample(
            life => Assert.Equal<(int, int)>([.. PeopleByDay.Of(life.State.Ties.Records()).Days], [.. life.State.PeopleByDay.Days]),
            iter: 5_000
        );

    private static AccountState InOrder(IEnumerable<Interaction> facts) =>
        AccountUpdate.Apply(Scenario.Empty, [.. facts], VoteTable.AllOne, Scenario.Now).State;

    private static byte[] Bytes(AccountState state) => StatePacking.PackSummary(state);
}
