namespace Influence.Scoring.Tests.Scores;

public sealed class ScoreInputsTests
{
    private static readonly ScoringPolicy Policy = ScoringPolicy.Version1;
    private static readonly long HalfLife = Policy.HalfLife;

    [Fact]
    public void After_a_half_life_half_of_everything_is_left()
    {
        var totals = new Totals(Scenario.Now, 3, 8, 6, 4, 40, 2_000, Scenario.Now - HalfLife, 5);
        Assert.Equal(new ScoreInputs(8, 6, 4, (0.005 * 1_000) + (0.05 * 40)), Rounded(ScoreInputs.At(Scenario.Now, totals, Policy)));
        Assert.Equal(
            new ScoreInputs(4, 3, 2, (0.005 * 500) + (0.05 * 20)),
            Rounded(ScoreInputs.At(Scenario.Now + HalfLife, totals, Policy))
        );
        Assert.Equal(default, ScoreInputs.At(Scenario.Now, default, Policy));
    }

    [Fact]
    public void A_profile_is_the_sum_of_its_accounts()
    {
        var sum = new ScoreInputs(1, 2, 3, 4) + new ScoreInputs(10, 20, 30, 40);
        Assert.Equal(new ScoreInputs(11, 22, 33, 44), sum);
        Assert.Equal(77, sum.Influence);
    }

    [Fact]
    public void A_past_days_inputs_fade_as_all_do()
    {
        var day = DayTotals.Of(Ledger.DayOf(Scenario.Now), new Totals(Scenario.Now, 1, 8, 6, 4, 40, 0, 0, 1), Policy);
        var (end, later) = (day.InputsAt(day.End, Policy), day.InputsAt(day.End + HalfLife, Policy));
        Assert.Equal(Rounded(end), Rounded(new ScoreInputs(2 * later.Reach, 2 * later.Engagement, 2 * later.People, 2 * later.Audience)));
        Assert.Equal(8 * Policy.Fade(day.End - Scenario.Now), end.Reach, 1e-6);
    }

    private static ScoreInputs Rounded(ScoreInputs i) => new(Round(i.Reach), Round(i.Engagement), Round(i.People), Round(i.Audience));

    private static double Round(double value) => Math.Round(value, 9, MidpointRounding.ToEven);
}
