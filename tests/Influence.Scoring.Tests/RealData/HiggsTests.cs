namespace Influence.Scoring.Tests.RealData;

/// <summary>60,000 real interactions, mangled on the way in, against figures of an independent program.</summary>
public sealed class HiggsTests
{
    private const double Tolerance = 2e-6;

    [SharedDataFact]
    public void In_order_they_give_the_expected_scores() => Check(Apply(SharedData.Interactions(), 1000));

    [SharedDataFact]
    public void Shuffled_sent_twice_and_cut_into_batches_of_1_to_1000_they_give_the_same()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var facts = SharedData.Interactions();
            var twice = facts.Concat(facts).ToArray();
            random.Shuffle(twice);
            Check(Apply(twice, () => random.Next(1, 1001)), $"seed {seed}");
        }
    }

    [SharedDataFact]
    public void Settled_they_give_the_expected_scores_and_recomputing_with_the_votes_agrees()
    {
        var world = Apply(SharedData.Interactions(), 1000);
        AccountState[] accounts = [.. world.States.Values];
        var settlement = Settlement.Run(accounts, SharedData.LastMoment, 1e-9);
        var byAccount = accounts.Select((a, i) => (a.Account, i)).ToDictionary(p => p.Account, p => p.i);
        foreach (var expected in SharedData.Expected())
        {
            var i = byAccount[expected.Account];
            Assert.Equal(expected.SSettled, settlement.Scores[i], Tolerance);
            Assert.Equal(expected.VSettled, settlement.Influences[i], 1e-6 * (1 + expected.VSettled));
            var recomputed = AccountRecompute.Recompute(accounts[i], settlement.Votes, SharedData.LastMoment);
            Assert.Equal(expected.SSettled, recomputed.ScoreAt(SharedData.LastMoment).Value, Tolerance);
        }
    }

    private static World Apply(IEnumerable<Interaction> facts, int batch) => Apply([.. facts], () => batch);

    private static World Apply(Interaction[] facts, Func<int> batch)
    {
        var world = new World(new KeyHasher(7));
        for (var at = 0; at < facts.Length; )
        {
            var size = Math.Min(batch(), facts.Length - at);
            world.Apply(facts.AsSpan(at, size).ToArray(), SharedData.LastMoment);
            at += size;
        }

        return world;
    }

    private static void Check(World world, string because = "")
    {
        Assert.Equal(7541, world.States.Count(s => s.Value.Totals.People > 0));
        foreach (var expected in SharedData.Expected())
        {
            var score = world.States[expected.Account].ScoreAt(SharedData.LastMoment);
            Assert.True(
                Math.Abs(expected.S1 - score.Value) < Tolerance,
                $"{expected.Account}: {score.Value} instead of {expected.S1} {because}"
            );
        }
    }
}
