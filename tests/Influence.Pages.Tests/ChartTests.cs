using CsCheck;

namespace Influence.Pages.Tests;

/// <summary>Curves: whole numbers within their frame, and a scale that makes no drama.</summary>
public sealed class ChartTests
{
    [Fact]
    public void A_small_curve_spans_at_least_five_points()
    {
        // Half a point of a span of five on 26 pixels: between two and three.
        var points = Sparkline.Points([20, 20.5, 20]);

        Assert.InRange(points[0].Y - points[1].Y, 2, 3);
        Assert.Equal([111, 115, 119], points.Select(p => p.X));
    }

    [Fact]
    public void A_larger_change_fills_the_height() => Assert.Equal([29, 3], Sparkline.Points([10, 20]).Select(p => p.Y));

    [Fact]
    public void One_score_is_a_dot_and_none_is_nothing()
    {
        Assert.Contains("<circle cx=\"119\" cy=\"16\"", Sparkline.Of([42], "x"), StringComparison.Ordinal);
        Assert.Equal("", Sparkline.Of([], "x"));
    }

    [Fact]
    public void A_label_is_encoded() => Assert.Contains("&lt;b&gt;&quot;", Sparkline.Of([1, 2], "<b>\""), StringComparison.Ordinal);

    [Fact]
    public void Every_small_curve_lies_within_its_frame() =>
        Gen.Double[1, 100]
            .List[1, 60]
            .Sample(scores =>
            {
                var points = Sparkline.Points(scores);
                Assert.Equal(Math.Min(30, scores.Count), points.Length);
                Assert.All(points, p => Assert.InRange(p.X, 3, 119));
                Assert.All(points, p => Assert.InRange(p.Y, 3, 29));
                Assert.Equal(119, points[^1].X);
            });

    [Fact]
    public void Every_curve_lies_within_its_frame_and_its_levels_around_it() =>
        Gen.Double[1, 100]
            .List[1, 90]
            .Sample(scores =>
            {
                var days = scores.Select((s, i) => new ScoreOfDay(Samples.Today.AddDays(i), s, 0, 0, 0, 0, 0, null)).ToArray();
                var curve = new Curve(days, 760, 250);
                Assert.InRange(curve.Levels.Count, 2, 8);
                Assert.True(curve.Levels[0] <= scores.Min() && scores.Max() <= curve.Levels[^1]);
                Assert.All(curve.Marks, m => Assert.InRange(m.X, Curve.Start, curve.End));
                Assert.All(curve.Marks, m => Assert.InRange(m.Y, 0, curve.Floor));
                Assert.InRange(curve.Labels.Count(), 1, 3);
            });

    [Fact]
    public void Days_that_are_missing_leave_their_room()
    {
        ScoreOfDay At(int day) => new(Samples.Today.AddDays(day), 10, 0, 0, 0, 0, 0, null);
        var curve = new Curve([At(0), At(1), At(10)], 760, 250);

        Assert.Equal((curve.End - Curve.Start) / 10, curve.X(1) - curve.X(0));
    }

    [Theory]
    [InlineData("github:ada", "Ada Lovelace", "AL")]
    [InlineData("github:ada", "Ada B. Lovelace", "AL")]
    [InlineData("github:ada", "ada", "A")]
    [InlineData("github:octo-cat", null, "O")]
    [InlineData("discourse:forum.example.org/mira", null, "M")]
    [InlineData("x:12", "👩‍👩‍👧‍👦 Ada", "👩‍👩‍👧‍👦A")]
    [InlineData("x:12", "<script>", "S")]
    [InlineData("x:12", "---", "1")]
    [InlineData("hy:_", null, "?")]
    [InlineData("hy:é", null, "É")]
    public void A_circle_holds_what_a_reader_sees_as_letters(string id, string? name, string initials) =>
        Assert.Equal(initials, Initials.Of(id, name));

    [Fact]
    public void A_colour_is_one_of_eight() => Gen.String.Sample(id => Assert.InRange(Initials.ColourOf(id), 0, Initials.Colours - 1));

    [Fact]
    public void An_asset_is_found_by_its_name_only()
    {
        Assert.All(Assets.All, a => Assert.Same(a, Assets.Find(a.Name)));
        Assert.Null(Assets.Find("site.css"));
        Assert.Matches(@"^site\.[0-9a-f]{8}\.css$", Assets.Style.Name);
    }
}
