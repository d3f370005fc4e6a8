namespace Infra.Tests;

/// <summary>The tables of docs/operations.md.</summary>
internal static class Docs
{
    /// <summary>The rows of the first table under a heading, each cell without the signs of code.</summary>
    public static IEnumerable<string[]> Rows(string heading) =>
        Template
            .Text("docs/operations.md")
            .Split('\n')
            .SkipWhile(l => !l.StartsWith(heading, StringComparison.Ordinal))
            .SkipWhile(l => !l.StartsWith("|-", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1].Select(c => c.Trim('`')).ToArray());
}
