using System.Globalization;

namespace Infra.Tests;

/// <summary>The figures of docs/security.md, computed anew from the policy and found in what it cites.</summary>
public sealed class SecurityDocsTests
{
    private const string Page = "docs/security.md";
    private const string Quoted = "| facts of one key, each a quote by another invented person ";
    private const string Reported = "| report ";

    private static readonly ScoringPolicy Policy = ScoringPolicy.Current;

    [Fact]
    public void What_invented_people_can_raise_an_account_to_is_what_the_formula_says()
    {
        var strength = Policy.Points.Max() / (Policy.Points.Max() + Policy.HalfStrength);
        Assert.Equal(5, Policy.Points[(int)InteractionType.Quote]);
        Assert.Equal(Policy.Points.Max(), Policy.Points[(int)InteractionType.Quote]);
        var rows = Docs.Rows(Quoted, Page).ToArray();
        Assert.Equal(4, rows.Length);
        foreach (var row in rows)
            Assert.Equal(Shown(Number(row[0]) * strength), row[1]);
        // A budget of items a minute, over a day.
        Assert.Contains(rows, r => Number(r[0]) == 60 * 24 * 60);
    }

    [Fact]
    public void What_a_report_can_raise_an_account_to_is_what_the_formula_says()
    {
        var rows = Docs.Rows(Reported, Page).ToArray();
        Assert.Equal(
            [
                Shown(1_000_000 * Policy.FollowerRate),
                Shown(FactRules.MaxGauge * Policy.FollowerRate),
                Shown(FactRules.MaxIncrement * Policy.Points[(int)InteractionType.Quote] * Policy.CounterRate),
            ],
            rows.Select(r => r[1])
        );
        Assert.Equal([1_000_000, FactRules.MaxGauge, FactRules.MaxIncrement], rows.Select(r => Number(r[0])));
    }

    // Measured figures are cited: whoever measures anew changes them here too.
    [Fact]
    public void What_is_cited_as_measured_is_what_was_measured()
    {
        var text = string.Join(' ', Template.Text(Page).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var rules = Docs.Rows("## Measured on real data", "docs/scoring.md").ToDictionary(r => r[0]);
        var (score, counts) = (rules["this score"], rules["raw counts"]);
        Assert.Contains($"| rank {score[3]} of 59,000 on real data; raw counts: {counts[3]} |", text, StringComparison.Ordinal);
        Assert.Contains($"| rank {score[4]} of 59,000; raw counts: {counts[4]} |", text, StringComparison.Ordinal);
        Assert.Contains($"| rank {score[5]} of 59,000; raw counts: {counts[5]} |", text, StringComparison.Ordinal);
        var requests = Docs.Rows("## Facts: requests per 1,000", "docs/performance.md").ToDictionary(r => r[0]);
        var (one, ten) = (requests["1,000"], requests["10.0"]);
        Assert.Contains(
            $"cost {one[1]} requests to storage on one host, in batches of ten {ten[1]}, without the account cache {one[2]} and {ten[2]} ",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Limits_of_a_request_are_those_of_the_code()
    {
        Assert.Equal((1000, 1024 * 1024), (FactIngestor.MaxItems, FactIngestor.MaxBytes));
        Assert.Contains(Docs.Rows("| bound | setting ", Page), r => r[2].StartsWith("1,000 items, 1 MiB", StringComparison.Ordinal));
    }

    private static string Shown(double influence) => Policy.ScoreOf(influence).ToString("0.0", CultureInfo.InvariantCulture);

    // "10,000,000 anonymous quotes" is 10,000,000.
    private static double Number(string cell) =>
        double.Parse(cell.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
