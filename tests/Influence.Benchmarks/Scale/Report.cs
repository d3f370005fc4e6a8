using System.Globalization;
using System.Text;

namespace Influence.Benchmarks.Scale;

/// <summary>A Markdown page that shows on the console while it grows.</summary>
internal sealed class Report
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<string, string> charts = [];

    public void Line(string line = "")
    {
        text.Append(line).Append('\n');
        Console.WriteLine(line);
    }

    public void Heading(string heading)
    {
        Line();
        Line($"## {heading}");
        Line();
    }

    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        Line($"| {string.Join(" | ", head)} |");
        Line($"|{string.Concat(head.Select((_, i) => i == 0 ? "---|" : "---:|"))}");
        foreach (var row in rows)
            Line($"| {string.Join(" | ", row)} |");
        Line();
    }

    /// <summary>A chart of its own file beside the page.</summary>
    public void Chart(string name, string title, string x, params (string Name, IReadOnlyList<(double X, double Y)> Points)[] series)
    {
        charts[name] = new Chart(title, x, series).Svg();
        Line($"![{title}](performance-{name}.svg)");
        Line();
    }

    public void Save(string path)
    {
        File.WriteAllText(path, $"{text.ToString().TrimEnd()}\n");
        foreach (var (name, svg) in charts)
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $"performance-{name}.svg"), svg);
    }

    public static string Number(double value) =>
        value switch
        {
            >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
            >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
            0 => "0",
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };

    public static string Megabytes(double bytes) => $"{Number(bytes / 1e6)} MB";
}
