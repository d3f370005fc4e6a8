namespace Infra.Tests;

/// <summary>The tables of the docs, those of docs/operations.md as a rule.</summary>
internal static class Docs
{
    /// <summary>The rows of the first table under a heading, each cell without the signs of code.</summary>
    public static IEnumerable<string[]> Rows(string heading) => Rows(heading, "docs/operations.md");

    /// <inheritdoc cref="Rows(string)"/>
    public static IEnumerable<string[]> Rows(string heading, string page) =>
        Template
            .Text(page)
            .Split('\n')
            .SkipWhile(l => !l.StartsWith(heading, StringComparison.Ordinal))
            .SkipWhile(l => !l.StartsWith("|-", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1].Select(c => c.Trim('`')).ToArray());
}
