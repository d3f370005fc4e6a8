namespace Influence.Scoring.Tests.Scores;

public sealed class SharesTests
{
    [Fact]
    public void Each_part_has_its_share_and_the_rest_is_other()
    {
        var shares = Of(10, ("a", 2), ("b", 3), ("nothing", 0));
        Assert.Equal(["a", "b", Shares.Other], shares.Keys);
        Assert.Equal([0.2, 0.3, 0.5], shares.Values.Select(v => Math.Round(v, 12, MidpointRounding.ToEven)));
    }

    [Fact]
    public void Parts_that_are_the_whole_leave_no_other() => Assert.Equal(["a", "b"], Of(5, ("a", 2), ("b", 3)).Keys);

    [Fact]
    public void Parts_that_exceed_the_whole_by_rounding_are_the_whole() => Assert.Equal(1.0, Of(1, ("a", 1 + 1e-15))["a"]);

    [Fact]
    public void A_part_that_is_called_other_is_added_to_the_rest() => Assert.Equal(0.75, Of(4, (Shares.Other, 1), ("a", 1))[Shares.Other]);

    [Fact]
    public void Of_nothing_there_are_no_shares() => Assert.Empty(Of(0, ("a", 0)));

    private static IReadOnlyDictionary<string, double> Of(double whole, params (string Name, double Points)[] parts) =>
        Shares.Of(parts.Select(p => KeyValuePair.Create(p.Name, p.Points)), whole);
}
