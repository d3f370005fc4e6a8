using System.Text.RegularExpressions;

namespace Infra.Tests.Dashboards;

/// <summary>What a query of Azure Monitor names that nobody has: metrics, tags, lines, tables and columns.</summary>
internal static partial class Kql
{
    // The tables of Application Insights that queries here read, with their columns.
    private static readonly Dictionary<string, string[]> Tables = new(StringComparer.Ordinal)
    {
        ["traces"] = ["timestamp", "message", "itemCount", "customDimensions"],
        ["requests"] = ["timestamp", "url", "resultCode", "itemCount", "customDimensions"],
        ["customMetrics"] = ["timestamp", "name", "value", "valueSum", "valueCount", "valueMin", "valueMax", "customDimensions"],
    };

    private static readonly string[] Words =
    [
        .. "where summarize extend project parse with union order by desc and or startswith endswith long".Split(' '),
        .. "sum sumif max min bin isnotempty toint tostring".Split(' '),
    ];

    /// <summary>The log templates of the sources, as far as their first hole.</summary>
    private static readonly Lazy<List<string>> Lines = new(() =>
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(Template.Root, "src"), "*.cs", SearchOption.AllDirectories)
            from Match message in Message().Matches(File.ReadAllText(file))
            let start = message.Groups[1].Value.Split('{')[0]
            where start.Length > 0
            select start,
        ]
    );

    /// <summary>The names in a query that are nowhere in code, or no columns of its table.</summary>
    public static List<string> Unknown(string query)
    {
        var unknown = new List<string>();
        var metric = MetricCatalogue.All.FirstOrDefault(m => m.Name == Metric().Match(query).Groups[1].Value);
        if (Metric().Match(query) is { Success: true } named && metric is null)
            unknown.Add(named.Groups[1].Value);
        unknown.AddRange(from Match tag in Tag().Matches(query) where metric?.Tags.Contains(tag.Groups[1].Value) != true select tag.Value);
        unknown.AddRange(from Match line in Phrase().Matches(query) where !IsWritten(line.Groups[1].Value) select line.Groups[1].Value);
        // What is in quotes is data; what stands in braces, a parameter of the workbook or of the template.
        var text = Data().Replace(query, " ");
        var own = Given().Matches(text).Select(m => m.Groups.Values.Skip(1).Single(g => g.Success).Value).ToList();
        var tables = Word().Matches(text).Select(m => m.Value).Where(Tables.ContainsKey).ToList();
        var columns = tables.SelectMany(t => Tables[t]);
        if (tables.Count == 0)
            unknown.Add("no table");
        unknown.AddRange(Word().Matches(text).Select(m => m.Value).Except([.. tables, .. columns, .. Words, .. own]));
        return unknown;
    }

    private static bool IsWritten(string phrase) =>
        Lines.Value.Exists(l => l.StartsWith(phrase, StringComparison.Ordinal) || phrase.StartsWith(l, StringComparison.Ordinal));

    private const int Patience = 10_000;

    [GeneratedRegex(@"Message\s*=\s*""([^""]*)""", RegexOptions.None, Patience)]
    private static partial Regex Message();

    [GeneratedRegex(@"\bname == ""([^""]*)""", RegexOptions.None, Patience)]
    private static partial Regex Metric();

    [GeneratedRegex(@"customDimensions\[""([^""]*)""\]", RegexOptions.None, Patience)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\bmessage startswith ""([^""]*)""", RegexOptions.None, Patience)]
    private static partial Regex Phrase();

    [GeneratedRegex(@"""[^""]*""|\{[^}]*\}|\d[\d.]*", RegexOptions.None, Patience)]
    private static partial Regex Data();

    // Names that the query gives itself: 'x = …', and 'parse … x ":"', 'x:long'.
    [GeneratedRegex(@"\b(\w+) = |\b(\w+):long|(?<=parse message with\s+)(\w+)", RegexOptions.None, Patience)]
    private static partial Regex Given();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.None, Patience)]
    private static partial Regex Word();
}
