using CsCheck;

namespace Influence.Scoring.Tests.Pages;

public sealed class SummaryTests
{
    internal static AccountState Rich { get; } =
        Scenario.Apply(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    (Fact)
                        new Interaction
                        {
                            Type = (InteractionType)(1 + (i % 8)),
                            Actor = AccountId.Parse($"net:a{i % 40}"),
                            Target = Scenario.Target,
                            At = Scenario.Now - (i * 7919L % (80 * 86_400)),
                            Context = FactContext.Of([$"topic {i % 20}", "日本"], $"c{i % 5}"),
                        }
                )
                .Append(
                    new MetricReport
                    {
                        Account = Scenario.Target,
                        Value = 5,
                        At = Scenario.Now,
                    }
                )
                .Append(
                    new Undo(
                        new Interaction
                        {
                            Type = InteractionType.Like,
                            Actor = AccountId.Parse("net:a1"),
                            Target = Scenario.Target,
                            At = Scenario.Now,
                            Id = "gone",
                        }
                    )
                )
        );

    [Fact]
    public void A_state_packed_and_read_with_all_pages_is_the_same_state() =>
        Gen.Select(Scenario.Facts, Scenario.Interactions)
            .Sample(
                (facts, undone) =>
                {
                    var state = Scenario.Apply([.. facts, .. undone.Select(Scenario.UndoOf)]) with
                    {
                        Standing = (Standing)(facts.Length % 3),
                    };
                    state = state with { Shares = PeopleShares.Of(state, null, Scenario.Now) };
                    var read = Unpack(state);
                    Assert.Equal(state.Totals, read.Totals);
                    Assert.Equal(state.History.Days.AsEnumerable(), read.History.Days.AsEnumerable());
                    Assert.Equal(state.KeptPeople.AsEnumerable(), read.KeptPeople.AsEnumerable());
                    Assert.Equal(state.Standing, read.Standing);
                    Assert.InRange(state.Shares.DifferenceFrom(read.Shares), 0, 1e-7);
                    Assert.Equal(StateView.Ties(state), StateView.Ties(read));
                    Assert.Equal(StateView.Entries(state), StateView.Entries(read));
                    Assert.Equal(StatePacking.PackSummary(state), StatePacking.PackSummary(read));
                },
                iter: 2_000
            );

    [Fact]
    public void Going_through_storage_between_batches_changes_nothing() =>
        Gen.Select(Scenario.Facts, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var (inMemory, stored) = (Scenario.Empty, Scenario.Empty);
                    foreach (var batch in Scenario.Shuffle(facts, seed).Chunk(5))
                    {
                        inMemory = AccountUpdate.Apply(inMemory, batch, VoteTable.AllOne, Scenario.Now).State;
                        stored = AccountUpdate.Apply(Unpack(stored), batch, VoteTable.AllOne, Scenario.Now).State;
                    }

                    Assert.Equal(StatePacking.PackSummary(inMemory), StatePacking.PackSummary(stored));
                },
                iter: 2_000
            );

    [Fact]
    public void A_page_of_another_moment_than_its_state_is_noticed()
    {
        var small = Scenario.Apply(Likes(100));
        var large = Scenario.Apply(Likes(5000), state: small);
        var page = StatePacking.PagesOf(large).First(p => p.Key.Kind == PageKind.Ties);
        Assert.Throws<PageMismatchException>(() => StatePacking.WithPage(small, page.Key, StatePacking.PackPage(large, page.Value)));
    }

    private static IEnumerable<Interaction> Likes(int count) =>
        Enumerable
            .Range(0, count)
            .Select(i => new Interaction
            {
                Type = InteractionType.Like,
                Actor = AccountId.Parse($"net:l{i}"),
                Target = Scenario.Target,
                At = Scenario.Now,
            });

    internal static AccountState Unpack(AccountState state) =>
        StatePacking
            .PagesOf(state)
            .Aggregate(
                StatePacking.ReadSummary(StatePacking.PackSummary(state), state.Account, state.Keys),
                (read, page) => StatePacking.WithPage(read, page.Key, StatePacking.PackPage(state, page.Value))
            );
}
