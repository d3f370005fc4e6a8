using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Influence.Scoring.Tests.Docs;

public sealed partial class NetworksPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Root(), "docs", "networks.md"));

    [Fact]
    public void The_page_shows_the_table_of_networks_as_the_code_has_it()
    {
        var rows = Rows("| network | an id is").ToDictionary(r => r[0], r => (Id: r[1], Form: r[2], Example: r[3]));
        foreach (var rule in NetworkRules.All.Where(r => r.Form != "never"))
        {
            var row = rows[rule.Network];
            Assert.Equal((Plain(rule.Id), rule.Example), (row.Id, row.Example));
            Assert.Equal(rule.StoredAs == rule.Network ? Plain(rule.Form) : $"kept as {rule.StoredAs}", row.Form);
        }

        var none = NetworkRules.All.Where(r => r.Form == "never").Select(r => r.Network).ToList();
        Assert.Contains(string.Join(' ', none), rows.Keys);
        Assert.Equal(NetworkRules.All.Count - none.Count + 1, rows.Count);
    }

    [Fact]
    public void Every_example_is_an_account_in_its_form()
    {
        foreach (var rule in NetworkRules.All)
            Assert.EndsWith(
                rule.Example[rule.Example.IndexOf(':', StringComparison.Ordinal)..],
                AccountId.Parse(rule.Example).Value,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void The_page_lists_who_is_never_counted_as_the_code_does() =>
        Assert.Equal(
            NeverCounted.All.Order(StringComparer.Ordinal),
            Rows("| network | ids |").SelectMany(r => r[1].Split(' ').Select(id => $"{r[0]}:{id}")).Order(StringComparer.Ordinal)
        );

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    // Code is between quotes in a sentence and between backticks on the page.
    private static string Plain(string text) => Quoted().Replace(text, "$1");

    private static IEnumerable<string[]> Rows(string header) =>
        Page.SkipWhile(l => !l.StartsWith(header, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Trim('|').Split('|').Select(c => c.Trim().Replace("`", "", StringComparison.Ordinal)).ToArray());

    [GeneratedRegex("(?<!\\w)'([^']+)'", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
