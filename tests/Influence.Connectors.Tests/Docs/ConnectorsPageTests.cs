using System.Globalization;
using System.Text.RegularExpressions;

namespace Influence.Connectors.Tests.Docs;

/// <summary>docs/connectors.md says something about every source, and the points it gives are the policy's.</summary>
public sealed partial class ConnectorsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Sample.Root(), "docs", "connectors.md"));

    public static IEnumerable<object[]> Sources() => ConnectorRegistry.All.Select(c => new object[] { c.Source });

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_source_has_its_row_and_its_section(string source)
    {
        Assert.Contains($"| `{source}` |", Page, StringComparison.Ordinal);
        Assert.Contains($"\n## `{source}`", Page, StringComparison.Ordinal);
        Assert.Contains($"Webhooks__{source}__Secrets__0", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_points_are_those_of_the_policy()
    {
        foreach (var type in Enum.GetValues<InteractionType>())
        {
            var points = ScoringPolicy.Current.PointsOf(type).ToString(CultureInfo.InvariantCulture);
            Assert.Contains($"| {type.ToString().ToLowerInvariant()} | {points} |", Page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_section_says_how_many_points_each_event_is_worth(string source)
    {
        var section = Page.Split("\n## ").Single(s => s.StartsWith($"`{source}`", StringComparison.Ordinal));
        var prices = Price().Matches(section);
        // Items of one's own say their type themselves.
        Assert.True(prices.Count > 3 || source == "standard", $"{prices.Count} prices");
        foreach (Match price in prices)
        {
            var type = Enum.Parse<InteractionType>(price.Groups["type"].Value, ignoreCase: true);
            Assert.Equal(ScoringPolicy.Current.PointsOf(type), double.Parse(price.Groups["points"].Value, CultureInfo.InvariantCulture));
        }
    }

    // A backfill sends the same ids.
    [Theory]
    [MemberData(nameof(Sources))]
    public void A_section_lists_the_id_of_every_fact_in_the_samples(string source)
    {
        var section = Page.Split("\n## ").Single(s => s.StartsWith($"`{source}`", StringComparison.Ordinal));
        var kinds =
            from sample in Sample.All()
            where sample.Source == source && source != "standard"
            from item in Some.Connector(source).Translate(sample.Delivery, Some.Now)!.Items
            from fact in item is RememberFacts r ? r.Facts
            : item is TakeFact t ? [t.Fact]
            : Enumerable.Empty<Fact>()
            let id = fact is MetricReport m ? m.Id : (fact as Interaction ?? ((Undo)fact).Original).Id
            where id is not null
            select id.Split(':')[0];
        Assert.All(kinds.Distinct(), kind => Assert.Contains($"`{kind}:{{", section, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(?<type>like|follow|reply|mention|share|quote|post)s?, (?<points>[0-9.]+)(?= |;|,)", RegexOptions.None, 10_000)]
    private static partial Regex Price();
}
