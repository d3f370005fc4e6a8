namespace Influence.Scoring.Tests.Scores;

public sealed class ScoreChangeTests
{
    private static readonly ScoringPolicy Policy = ScoringPolicy.Version1;

    [Theory]
    [InlineData(0)]
    [InlineData(18)]
    [InlineData(22)]
    [InlineData(40)]
    public void A_change_is_worth_what_the_curve_says_however_small_it_is(int bits)
    {
        var before = new ScoreInputs(1, 1, 1, 1);
        var after = before with { Audience = 1 + Math.ScaleB(1, -bits) };
        var (low, high) = (1 + (10 * before.Influence), 1 + (10 * after.Influence));
        // ΔS/Δu as it is for a large step, and in the middle of a small one, where it is the same to more digits than there are.
        var perU =
            bits < 20
                ? Policy.PointsPerDecade * Math.Log10(high / low) / (high - low)
                : Policy.PointsPerDecade / Math.Log(10) * 2 / (low + high);
        var change = ScoreChange.Between(before, after, Policy);
        Assert.Equal(10 * perU, change.Audience / (after.Audience - before.Audience), bits < 20 ? 1e-9 : 1e-12);
    }

    [Fact]
    public void At_the_cap_the_parts_shrink_with_the_whole()
    {
        var before = new ScoreInputs(10, 10, 1e6, 0);
        var change = ScoreChange.Between(before, before with { Audience = 1e12 }, Policy);
        Assert.Equal(100 - Policy.ScoreOf(1e6), change.Points, 1e-9);
        Assert.Equal(change.Points, change.Audience, 1e-9);
        Assert.Equal((0, 0), (change.Depth, change.Voice));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    public void From_or_to_nobody_all_of_it_is_reach(double before, double after)
    {
        var change = ScoreChange.Between(People(before), People(after), Policy);
        Assert.Equal(Policy.ScoreOf(after) - Policy.ScoreOf(before), change.Reach, 1e-12);
        Assert.Equal((0, 0, 0), (change.Depth, change.Voice, change.Audience));

        static ScoreInputs People(double count) => new(count, count, count, 0);
    }
}
