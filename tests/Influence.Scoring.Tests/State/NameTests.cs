using CsCheck;

namespace Influence.Scoring.Tests.State;

/// <summary>Names are kept by the moment of the fact, and change nothing else.</summary>
public sealed class NameTests
{
    private static readonly string?[] Names = [null, null, "Ann", "ann", "Änn", "アン", "Zoë"];

    private static readonly Gen<Fact[]> Named = Gen.Select(
        Scenario.CollidingFacts,
        Gen.Int,
        (facts, seed) =>
        {
            var random = new Random(seed);
            return (Fact[])[.. facts.Select(f => f is Interaction i ? Call(i, random) : f)];
        }
    );

    [Fact]
    public void They_change_no_score() =>
        Gen.Select(Named, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    Fact[] shuffled = Scenario.Shuffle(facts, seed);
                    var named = Scenario.Apply(shuffled, seed);
                    var bare = Scenario.Apply(shuffled.Select(Bare), seed);
                    Assert.Equal(bare.Totals, named.Totals);
                    Assert.Equal(bare.History.Days.AsEnumerable(), named.History.Days.AsEnumerable());
                    Assert.Equal(StateView.Ties(bare), StateView.Ties(named));
                    Assert.Equal(StateView.Entries(bare), StateView.Entries(named));
                    Assert.Equal(bare.KeptPeople.AsEnumerable(), named.KeptPeople.Select(p => p with { Name = null, NameAt = 0 }));
                },
                iter: 10_000
            );

    [Fact]
    public void The_accounts_is_the_latest_whatever_the_order_the_batches_and_the_undos() =>
        Gen.Select(Named, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var expected = Latest(facts.OfType<Interaction>().Select(f => (f.TargetName, f.At)));
                    var state = Scenario.Apply(Scenario.Shuffle(facts, seed), seed);
                    Assert.Equal(expected, (state.Name, state.NameAt));
                },
                iter: 10_000
            );

    [Fact]
    public void A_persons_is_the_latest_whatever_the_order_and_the_batches() =>
        Gen.Select(Named, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    Interaction[] interactions = [.. facts.OfType<Interaction>()];
                    var state = Scenario.Apply(Scenario.Shuffle(interactions, seed), seed);
                    Assert.All(
                        state.KeptPeople,
                        p =>
                            Assert.Equal(
                                Latest(interactions.Where(f => f.Actor == p.Account).Select(f => (f.ActorName, f.At))),
                                (p.Name, p.NameAt)
                            )
                    );
                    Assert.Same(state, Scenario.Apply(interactions, seed, state: state));
                },
                iter: 10_000
            );

    [Fact]
    public void A_person_keeps_it_when_others_come_and_go()
    {
        var often = Enumerable.Range(0, 5).Select(i => Quote("net:a", i));
        var others = Enumerable.Range(0, 300).Select(i => Quote($"net:b{i}", 10));
        var state = Scenario.Apply([.. often, Quote("net:a", 6) with { ActorName = "Ann" }, .. others]);
        Assert.Null(state.KeptPeople.First(p => p.Account != AccountId.Parse("net:a")).Name);
        state = Scenario.Apply([Quote("net:a", 20)], state: state);
        Assert.Equal("Ann", state.KeptPeople.Single(p => p.Account == AccountId.Parse("net:a")).Name);
    }

    [Fact]
    public void Storage_verification_and_settlements_keep_them() =>
        Named.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts);
                Same(state, SummaryTests.Unpack(state));
                Same(state, AccountRecompute.Recompute(state, Scenario.Votes(1), Scenario.Now));
                Same(state, AccountRecompute.RecomputeLoaded(state, Scenario.Votes(1), Scenario.Now));
                // Totals that no facts give, so that everything is repaired.
                var broken = state with
                {
                    Totals = state.Totals with { Influence = 7, Interactions = 99 },
                };
                Same(state, AccountVerify.Verify(broken, Scenario.Now).State);
            },
            iter: 1_000
        );

    [Fact]
    public void A_line_of_an_import_names_people_too()
    {
        var old = Quote("net:a", 0) with { At = Scenario.Now - (100 * 86_400), ActorName = "Ann", TargetName = "Tara" };
        var state = AccountUpdate.Apply(Scenario.Empty, [old], VoteTable.AllOne, Scenario.Now, isImport: true).State;
        Assert.Equal(("Tara", "Ann"), (state.Name, state.KeptPeople.Single().Name));
    }

    [Fact]
    public void A_refused_fact_names_nobody()
    {
        var old = Quote("net:a", 0) with { At = Scenario.Now - (300 * 86_400), TargetName = "Tara" };
        Assert.Same(Scenario.Empty, AccountUpdate.Apply(Scenario.Empty, [old], VoteTable.AllOne, Scenario.Now).State);
    }

    [Fact]
    public void A_name_is_stored_as_its_text_and_its_moment() =>
        Assert.Equal(
            StatePacking.PackSummary(Scenario.Apply([Quote("net:a", 0)])).Length + 4 + 8,
            StatePacking.PackSummary(Scenario.Apply([Quote("net:a", 0) with { TargetName = "Tara" }])).Length
        );

    [Fact]
    public void No_key_is_made_of_them()
    {
        var named = Quote("net:a", 0) with { ActorName = "Ann", TargetName = "Tara" };
        Assert.Equal(Scenario.Keys.KeyOf((Interaction)Bare(named)), Scenario.Keys.KeyOf(named));
        Assert.Equal(Scenario.Keys.ContentOf((Interaction)Bare(named)), Scenario.Keys.ContentOf(named));
    }

    private static void Same(AccountState expected, AccountState actual)
    {
        Assert.Equal((expected.Name, expected.NameAt), (actual.Name, actual.NameAt));
        Assert.Equal(
            expected.KeptPeople.Select(p => (p.Account, p.Name, p.NameAt)).Order(),
            actual.KeptPeople.Select(p => (p.Account, p.Name, p.NameAt)).Order()
        );
    }

    private static (string? Name, long At) Latest(IEnumerable<(string? Name, long At)> names) =>
        names.Where(n => n.Name is not null).OrderBy(n => n.At).ThenBy(n => n.Name, StringComparer.Ordinal).LastOrDefault();

    private static Fact Bare(Fact fact) => fact is Interaction i ? i with { ActorName = null, TargetName = null } : fact;

    private static Interaction Call(Interaction fact, Random random) =>
        fact with
        {
            ActorName = Names[random.Next(Names.Length)],
            TargetName = Names[random.Next(Names.Length)],
        };

    private static Interaction Quote(string actor, int minutes) =>
        new()
        {
            Type = InteractionType.Quote,
            Actor = AccountId.Parse(actor),
            Target = Scenario.Target,
            At = Scenario.Now - 3_600 + (minutes * 60),
        };
}
