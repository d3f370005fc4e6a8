using System.Text.RegularExpressions;

namespace Infra.Tests.Dashboards;

/// <summary>The catalogue's metrics by the names that an OpenTelemetry collector gives them for Prometheus.</summary>
/// <remarks>
/// Dots become underscores, seconds are written out at the end, a unit in braces is left out, a counter ends in <c>_total</c>, and a
/// histogram is three series.
/// </remarks>
internal static partial class Prometheus
{
    // What Prometheus itself adds to the series of a histogram's buckets.
    private const string Bucket = "le";

    private static readonly Dictionary<string, MetricDefinition> Series = MetricCatalogue
        .All.SelectMany(m => NamesOf(m).Select(name => (name, m)))
        .ToDictionary(s => s.name, s => s.m, StringComparer.Ordinal);

    /// <summary>The series of a metric.</summary>
    public static IEnumerable<string> NamesOf(MetricDefinition metric)
    {
        var name = metric.Name.Replace('.', '_') + (metric.Unit == "s" ? "_seconds" : "");
        return metric.Kind switch
        {
            MetricKind.Counter => [$"{name}_total"],
            MetricKind.Histogram => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            _ => [name],
        };
    }

    /// <summary>The metrics that a query reads.</summary>
    public static IEnumerable<MetricDefinition> MetricsOf(string query) =>
        Name().Matches(query).Select(m => Series.GetValueOrDefault(m.Value)).OfType<MetricDefinition>();

    /// <summary>The names in a query, and in what its legend shows, that nobody has.</summary>
    public static List<string> Unknown(string query, string legend)
    {
        var labels = By().Matches(query).SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).ToList();
        labels.AddRange(Filter().Matches(query).Select(m => m.Groups[1].Value));
        labels.AddRange(Shown().Matches(legend).Select(m => m.Groups[1].Value));
        var metrics = MetricsOf(query).ToList();
        List<string> unknown = [.. Name().Matches(query).Select(m => m.Value).Where(n => !Series.ContainsKey(n))];
        if (Name().Count(query) == 0)
            unknown.Add("no metric");
        unknown.AddRange(
            labels.Where(l => l != Bucket || metrics.Exists(m => m.Kind != MetricKind.Histogram)).Except(metrics.SelectMany(m => m.Tags))
        );
        return unknown;
    }

    private const int Patience = 10_000;

    [GeneratedRegex(@"\b[a-z]+_[a-z_]+(?=[\[{)])(?<!_quantile)", RegexOptions.None, Patience)]
    private static partial Regex Name();

    [GeneratedRegex(@"\bby \(([^)]*)\)", RegexOptions.None, Patience)]
    private static partial Regex By();

    [GeneratedRegex(@"[{,](\w+)=""", RegexOptions.None, Patience)]
    private static partial Regex Filter();

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.None, Patience)]
    private static partial Regex Shown();
}
