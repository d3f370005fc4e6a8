using Influence.Scoring;

namespace Influence.Connectors.Tests;

/// <summary>docs/connectors.md says something about every source, and the points it gives are the policy's.</summary>
public sealed class ConnectorsPageTests
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
            var points = ScoringPolicy.Current.PointsOf(type).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Contains($"| {type.ToString().ToLowerInvariant()} | {points} |", Page, StringComparison.Ordinal);
        }
    }
}
