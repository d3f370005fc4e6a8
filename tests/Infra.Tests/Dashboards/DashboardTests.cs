using System.Text.Json.Nodes;

namespace Infra.Tests.Dashboards;

/// <summary>Every name in a query of the workbook, of Grafana and of the alerts is one of the code's.</summary>
public sealed class DashboardTests
{
    private static readonly JsonObject Variables = Template.Module("workbook")["variables"]!.AsObject();
    private static readonly JsonNode Grafana = JsonNode.Parse(Template.Text("deploy/grafana/influence.json"))!;

    [Fact]
    public void The_workbook_shows_every_metric_as_what_it_is()
    {
        var sums = new Dictionary<MetricKind, string>
        {
            [MetricKind.Counter] = "[variables('added')]",
            [MetricKind.Histogram] = "[variables('length')]",
            [MetricKind.Gauge] = "[variables('latest')]",
        };
        var charts = Variables["metrics"]!.AsArray().Select(m => m!).ToList();
        Assert.Equal(
            MetricCatalogue.All.Select(m => (m.Name, sums[m.Kind])).Order(),
            charts.Select(c => ((string)c["name"]!, (string)c["sum"]!)).Order()
        );
        Assert.All(charts, c => Assert.Empty(Kql.Unknown(QueryOf(c))));
    }

    [Fact]
    public void The_workbook_and_the_alerts_read_lines_that_the_app_writes()
    {
        var lines = Variables["lines"]!.AsArray().Concat(Template.Module("alerts")["variables"]!["rules"]!.AsArray());
        var queries = lines.Select(l => Resolved((string)l!["query"]!)).ToList();
        Assert.Equal(8, queries.Count);
        Assert.All(queries, q => Assert.Empty(Kql.Unknown(q)));
    }

    // What an alert shares with others is a variable of the template; figures are parameters.
    private static string Resolved(string query)
    {
        if (!query.StartsWith('['))
            return query;
        var watched = (string)Template.Module("alerts")["variables"]!["watched"]!;
        var text = query.Replace("''", "'", StringComparison.Ordinal);
        Assert.StartsWith("[format('", text, StringComparison.Ordinal);
        return text["[format('".Length..text.LastIndexOf('\'', text.IndexOf("', ", StringComparison.Ordinal))].Replace("{0}", watched);
    }

    [Fact]
    public void Grafana_shows_every_metric_by_its_name_for_Prometheus_and_its_labels()
    {
        var targets = Grafana["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()).Select(t => t!).ToList();
        Assert.All(targets, t => Assert.Empty(Prometheus.Unknown((string)t["expr"]!, (string)t["legendFormat"]!)));
        Assert.Equal(
            MetricCatalogue.All.Select(m => m.Name).Order(StringComparer.Ordinal),
            targets.SelectMany(t => Prometheus.MetricsOf((string)t["expr"]!)).Select(m => m.Name).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Distinct(Grafana["panels"]!.AsArray().Select(p => (int)p!["id"]!));
    }

    [Theory]
    [InlineData("sum by (way) (rate(influence_facts_accepted_total[5m]))", "{{way}}", null)]
    [InlineData("sum by (way) (rate(influence_facts_acepted_total[5m]))", "", "influence_facts_acepted_total")]
    [InlineData("sum by (wey) (rate(influence_facts_accepted_total[5m]))", "", "wey")]
    [InlineData("rate(influence_facts_accepted[5m])", "", "influence_facts_accepted")]
    [InlineData("rate(influence_cache_lookups_total{resalt=\"hit\"}[5m])", "", "resalt")]
    [InlineData("max by (queue) (influence_queue_age)", "", "influence_queue_age")]
    [InlineData("max by (queue) (influence_queue_depth)", "{{queve}}", "queve")]
    [InlineData("sum by (le) (rate(influence_facts_accepted_total[5m]))", "", "le")]
    public void A_name_that_Prometheus_does_not_have_is_found(string query, string legend, string? unknown) =>
        Assert.Equal(unknown, Prometheus.Unknown(query, legend).FirstOrDefault());

    [Theory]
    [InlineData("customMetrics | where name == \"influence.score.lag\" | summarize a = sum(valueSum) by bin(timestamp, {bin})", null)]
    [InlineData("customMetrics | where name == \"influence.score.leg\" | summarize a = sum(valueSum)", "influence.score.leg")]
    [InlineData("customMetrics | where name == \"influence.score.lag\" | summarize a = sum(valueSums)", "valueSums")]
    [InlineData("custommetrics | where name == \"influence.score.lag\"", "no table")]
    [InlineData(
        "customMetrics | where name == \"influence.facts.refused\" | extend c = tostring(customDimensions[\"cod\"])",
        "customDimensions[\"cod\"]"
    )]
    [InlineData("traces | where message startswith \"Published \"", null)]
    [InlineData("traces | where message startswith \"Publishd \"", "Publishd ")]
    [InlineData("traces | where mesage startswith \"Published \"", "mesage")]
    [InlineData("traces | where message startwith \"Published \"", "startwith")]
    public void A_name_that_Azure_Monitor_does_not_have_is_found(string query, string? unknown) =>
        Assert.Equal(unknown, Kql.Unknown(query).FirstOrDefault());

    [Fact]
    public void Docs_name_every_metric_with_its_tags() =>
        Assert.Equal(
            MetricCatalogue.All.Select(m => (m.Name, string.Join(", ", m.Tags))).Order(),
            Docs.Rows("### Metrics").Select(r => (r[0], r[1])).Order()
        );

    // As the template puts a chart's query together.
    private static string QueryOf(JsonNode chart)
    {
        var (name, tag) = ((string)chart["name"]!, (string)chart["tag"]!);
        var query = (string)Variables["copy"]!.AsArray().Single(c => (string)c!["name"]! == "charts")!["input"]!["content"]!["query"]!;
        Assert.StartsWith("[format('customMetrics | where name == \"{0}\"{1} | {2}{3}', ", query, StringComparison.Ordinal);
        Assert.Contains("' | extend {0} = tostring(customDimensions[\"{1}\"])'", query, StringComparison.Ordinal);
        var sum = (string)Variables[((string)chart["sum"]!)["[variables('".Length..^"')]".Length]]!;
        return $"customMetrics | where name == \"{name}\""
            + (tag.Length == 0 ? "" : $" | extend {tag} = tostring(customDimensions[\"{tag}\"])")
            + $" | {sum}"
            + (tag.Length == 0 ? "" : $", {tag}");
    }
}
