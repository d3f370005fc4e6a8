using CsCheck;

namespace Influence.Scoring.Tests.Verify;

public sealed class VerifyTests
{
    private const double Tight = 1e-9;

    private static readonly Gen<(Fact[] Facts, int Seed)> Case = Gen.Select(
        Scenario.Facts,
        Scenario.Interactions,
        Gen.Int,
        (facts, undone, seed) => (Scenario.Shuffle([.. facts, .. undone, .. undone.Select(Scenario.UndoOf)], seed), seed)
    );

    [Fact]
    public void Any_interleaving_of_facts_verifies_without_drift() =>
        Case.Sample(c => AssertSound(Scenario.Apply(c.Facts, c.Seed, Scenario.Votes(c.Seed)), Scenario.Now, isWhole: true), iter: 10_000);

    [Fact]
    public void Facts_settlements_and_undos_over_a_year_verify_without_drift() =>
        Gen.Select(Case, Case, Case)
            .Sample(
                (one, two, three) =>
                {
                    var (state, now) = (Scenario.Empty, Scenario.Now);
                    foreach (var (facts, seed) in new[] { one, two, three })
                    {
                        var random = new Random(seed);
                        foreach (var batch in facts.Select(f => Later(f, now - Scenario.Now)).Chunk(9))
                            state = AccountUpdate.Apply(state, batch, Scenario.Votes(seed), now).State;
                        AssertSound(state, now, isWhole: false);
                        now += random.Next(0, 150) * ScoringPolicy.Day;
                        if (random.Next(4) > 0)
                            state = AccountRecompute.Recompute(state, Scenario.Votes(seed + 1), now);
                        AssertSound(state, now, isWhole: false);
                    }
                },
                iter: 3_000
            );

    [Fact]
    public void Any_tampering_is_found_and_repaired_to_what_it_was() =>
        Gen.Select(Case, Gen.Int)
            .Sample(
                (c, seed) =>
                {
                    var sound = Scenario.Apply(c.Facts, c.Seed, Scenario.Votes(c.Seed));
                    if (Tampering.Of(sound, seed) is not { } tampered)
                        return;
                    var found = AccountVerify.Verify(tampered, Scenario.Now);
                    Assert.NotEmpty(found.Drifts);
                    AssertSound(found.State, Scenario.Now, isWhole: true);
                    StateView.AssertSame(sound, found.State, Scenario.Now);
                    Assert.Equal(
                        sound.KeptPeople.Select(p => (p.Account, p.Last, p.Vote)),
                        found.State.KeptPeople.Select(p => (p.Account, p.Last, p.Vote))
                    );
                },
                iter: 20_000
            );

    [Fact]
    public void A_drift_says_what_it_costs()
    {
        var state = Scenario.Apply([Share("net:a", 0), Share("net:b", 0)]);
        var tampered = state with { Totals = state.Totals with { Influence = 2 * state.Totals.Influence } };
        var drift = Assert.Single(AccountVerify.Verify(tampered, Scenario.Now).Drifts);
        Assert.Equal(("influence", 8 / 3.0), (drift.What, drift.Stored));
        Assert.Equal(4 / 3.0, drift.Recomputed, 1e-12);
        Assert.Equal(state.ScoreAt(Scenario.Now).Value - tampered.ScoreAt(Scenario.Now).Value, drift.Points, Tight);
    }

    [Fact]
    public void An_undone_fact_left_in_the_ledger_is_found_and_taken_out()
    {
        var share = Share("net:a", 5);
        var sound = Scenario.Apply([share, Share("net:b", 9), new Undo(share)]);
        var day = Ledger.DayOf(share.At);
        var entry = LedgerEntry.Of(
            Scenario.Keys.KeyOf(share.Actor),
            Scenario.Keys.KeyOf(share),
            share.At,
            share.Type,
            Scenario.Keys.ContentOf(share),
            FactContext.None
        );
        var tampered = sound with { Ledger = sound.Ledger.With(day, sound.Ledger.On(day).Edit([PageEdit<LedgerEntry>.Put(entry)])) };
        var found = AccountVerify.Verify(tampered, Scenario.Now);
        Assert.Equal("ledger", Assert.Single(found.Drifts).What);
        StateView.AssertSame(sound, found.State, Scenario.Now);
    }

    [Fact]
    public void What_is_older_than_the_ledger_is_kept_and_told_apart_from_drift()
    {
        var early = Scenario.Apply([Share("net:a", 0), Share("net:a", 60), Share("net:gone", 0), Clicks("c1", 40)]);
        var now = Scenario.Now + (100 * ScoringPolicy.Day);
        var settled = AccountRecompute.Recompute(early, VoteTable.AllOne, now);
        var state = AccountUpdate
            .Apply(settled, [Share("net:a", 0) with { At = now }, Clicks("c2", 7) with { At = now }], VoteTable.AllOne, now)
            .State;
        var found = AccountVerify.Verify(state, now, Tight);
        Assert.Empty(found.Drifts);
        Assert.Same(state, found.State);
        Assert.Equal((2, 3L), (found.Older.Ties, found.Older.Interactions));
        Assert.Equal(40 * 0.5 * Math.Pow(2, -100 / 30.0), found.Older.Counted, Tight);

        // Less than the ledger says is a drift even so.
        var less = state with
        {
            Totals = state.Totals with { Interactions = 0, Counted = 1 },
        };
        Assert.Equal(["counted", "interactions"], AccountVerify.Verify(less, now).Drifts.Select(d => d.What).Order());
    }

    [Fact]
    public void Which_days_were_forgotten_survives_storage()
    {
        var now = Scenario.Now + (100 * ScoringPolicy.Day);
        var state = AccountRecompute.Recompute(Scenario.Apply([Share("net:a", 0)]), VoteTable.AllOne, now);
        Assert.Equal(Ledger.DayOf(Scenario.Now) + 1, state.Ledger.Since);
        Assert.Equal(state.Ledger.Since, StatePacking.ReadSummary(StatePacking.PackSummary(state), state.Account, state.Keys).Ledger.Since);
    }

    private static Interaction Share(string actor, long age) =>
        new()
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse(actor),
            Target = Scenario.Target,
            At = Scenario.Now - age,
        };

    private static MetricReport Clicks(string id, double count) =>
        new()
        {
            Account = Scenario.Target,
            Counts = InteractionType.Click,
            Value = count,
            At = Scenario.Now,
            Id = id,
        };

    private static Fact Later(Fact fact, long seconds) =>
        fact switch
        {
            Interaction i => i with { At = i.At + seconds, Id = i.Id is { } id ? $"{id}/{seconds}" : null },
            Undo u => new Undo((Interaction)Later(u.Original, seconds)),
            MetricReport m => m with { At = m.At + seconds, Id = $"{m.Id}/{seconds}" },
            _ => fact,
        };

    private static void AssertSound(AccountState state, long now, bool isWhole)
    {
        var verification = AccountVerify.Verify(state, now, Tight);
        Assert.Empty(verification.Drifts);
        Assert.Same(state, verification.State);
        if (isWhole)
            Assert.True(verification.Older.IsNone, $"{verification.Older}");
    }
}
