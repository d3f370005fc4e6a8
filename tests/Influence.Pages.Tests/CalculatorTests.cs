using System.Text;
using CsCheck;

namespace Influence.Pages.Tests;

/// <summary>The calculator: by the worked example, and by what holds of every input.</summary>
public sealed class CalculatorTests
{
    // What eight typed decimals leave open.
    private const double Typed = 1e-5;
    private static readonly PolicyReport Policy = Samples.Policy;

    [Fact]
    public void The_worked_example_comes_out()
    {
        var result = Calculator.Read(new Dictionary<string, string?>(), Policy);

        Assert.Equal(["0.6923", "0.4800", "0.0417"], result.Ties.Take(3).Select(t => Numbers.Exact(t.Tie)));
        Assert.Equal("1.2140", Numbers.Exact(result.People));
        Assert.Equal("1.4140", Numbers.Exact(result.Influence));
        Assert.Equal("15.60", Numbers.Score(result.Score));
        Assert.Equal(Calculator.MaxTies, result.Ties.Count);
    }

    [Fact]
    public void A_form_that_was_emptied_is_empty()
    {
        var result = Calculator.Read(new Dictionary<string, string?> { ["points1"] = "", ["lang"] = "de" }, Policy);

        Assert.Equal((0, 1), (result.Influence, result.Score));
        Assert.Equal("", result.Ties[0].Points);
    }

    [Fact]
    public void Other_fields_of_the_address_keep_the_example() =>
        Assert.Equal("4.5", Calculator.Read(new Dictionary<string, string?> { ["lang"] = "de", ["points9"] = "1" }, Policy).Ties[0].Points);

    [Theory]
    [InlineData("points1", "100001")]
    [InlineData("points1", "-1")]
    [InlineData("points1", "1e3")]
    [InlineData("points1", "NaN")]
    [InlineData("points1", "four")]
    [InlineData("days1", "401")]
    [InlineData("vote1", "4.01")]
    [InlineData("followers", "1000000001")]
    [InlineData("followers", "99999999999999999999999999999999999")]
    public void What_may_not_be_is_marked_kept_as_typed_and_counts_nothing(string field, string typed)
    {
        var result = Calculator.Read(new Dictionary<string, string?> { ["points1"] = "4", [field] = typed }, Policy);

        var tie = result.Ties[0];
        Assert.True(tie.WrongPoints || tie.WrongDays || tie.WrongVote || result.WrongFollowers);
        Assert.Equal(field == "followers" ? Calculator.ScoreOf(2.0 / 3, Policy) : 1, result.Score, 9);
        Assert.Contains(typed[..Math.Min(20, typed.Length)], new[] { tie.Points, tie.Days, tie.Vote, result.Followers });
    }

    [Fact]
    public void A_comma_is_a_point() =>
        Assert.Equal(0.6923, Calculator.Read(new Dictionary<string, string?> { ["points1"] = "4,5" }, Policy).Influence, 4);

    [Theory]
    [InlineData("1,000", 1000)]
    [InlineData("12,345", 12345)]
    [InlineData("1,234,567", 1234567)]
    [InlineData("1,5", 1.5)]
    [InlineData("1,50", 1.5)]
    [InlineData("0,125", 0.125)]
    [InlineData("1,2345", 1.2345)]
    [InlineData("1234,567", 1234.567)]
    public void A_comma_before_three_digits_is_as_the_site_writes_thousands(string typed, double followers)
    {
        var result = Calculator.Read(new Dictionary<string, string?> { ["followers"] = typed }, Policy);

        Assert.False(result.WrongFollowers);
        Assert.Equal(Policy.FollowerRate * followers, result.Audience, 9);
        Assert.Equal(typed, result.Followers);
    }

    [Theory]
    [InlineData("1,00,000")]
    [InlineData("1,000,0")]
    [InlineData("1,000,")]
    public void Other_commas_are_no_number(string typed) =>
        Assert.True(Calculator.Read(new Dictionary<string, string?> { ["followers"] = typed }, Policy).WrongFollowers);

    [Fact]
    public void The_script_reads_thousands_alike() =>
        Assert.Contains($"/{Calculator.Apart}/", Encoding.UTF8.GetString(Assets.Script.Bytes.Span), StringComparison.Ordinal);

    [Fact]
    public async Task Fields_hold_as_much_as_is_read()
    {
        var fields = (await Pages.ParseAsync("how")).QuerySelectorAll(".calculator input");

        Assert.Equal(3 * Calculator.MaxTies + 1, fields.Length);
        Assert.All(fields, f => Assert.Equal($"{Calculator.MaxTyped}", f.GetAttribute("maxlength")));
    }

    [Fact]
    public void Scores_stay_on_their_scale_and_more_never_scores_less() =>
        Gen.Select(Gen.Double[0, 100_000], Gen.Double[0, 400], Gen.Double[0, 4], Gen.Int[0, 1_000_000_000])
            .Sample(
                (points, days, vote, followers) =>
                {
                    var here = Of(points, days, vote, followers);
                    Assert.InRange(here.Score, 1, 100);
                    Assert.InRange(here.Ties[0].Tie, 0, vote + Typed);
                    Assert.True(Of(points / 2, days, vote, followers).Score <= here.Score + Typed);
                    Assert.True(Of(points, days / 2, vote, followers).Score >= here.Score - Typed);
                    Assert.True(Of(points, days, vote, followers / 2).Score <= here.Score + Typed);
                },
                iter: 10_000
            );

    [Fact]
    public void Nothing_typed_breaks_it() =>
        Gen
            .String.Array[4]
            .Sample(t =>
            {
                var typed = new Dictionary<string, string?>
                {
                    ["points1"] = t[0],
                    ["days1"] = t[1],
                    ["vote1"] = t[2],
                    ["followers"] = t[3],
                };
                Assert.InRange(Calculator.Read(typed, Policy).Score, 1, 100);
            });

    private static CalculatorModel Of(double points, double days, double vote, int followers) =>
        Calculator.Read(
            new Dictionary<string, string?>
            {
                ["points1"] = Written(points),
                ["days1"] = Written(days),
                ["vote1"] = Written(vote),
                ["followers"] = Written(followers),
            },
            Policy
        );

    private static string Written(double number) => number.ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
}
