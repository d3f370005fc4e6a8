using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>What all pages of documentation name is there: pages, headings, files and routes.</summary>
public sealed partial class PagesTests
{
    private const int Patience = 10_000;

    private static readonly string[] Folders = [".", "docs", "docs/decisions", "samples/webhooks", ".github", ".github/ISSUE_TEMPLATE"];

    public static IEnumerable<object[]> Pages() =>
        Folders
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Template.Root, f), "*.md"))
            .Select(p => new object[] { Path.GetRelativePath(Template.Root, p) });

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_a_page_and_a_heading_that_are_there(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        foreach (Match link in Link().Matches(Template.Text(page)))
        {
            var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
            var target = path.Length == 0 ? page : Path.Combine(folder, path);
            Assert.True(Path.Exists(Path.Combine(Template.Root, target)), $"{page} links to {target}, which is not there.");
            if (heading.Length > 0)
                Assert.True(Headings(target).Contains(heading), $"{page} links to {target}#{heading}, which is not there.");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_that_a_page_names_are_there(string page)
    {
        var missing = FileName().Matches(Template.Text(page)).Select(m => m.Groups["path"].Value).Where(IsMissing).Distinct();
        Assert.Equal([], missing);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Routes_that_a_page_names_are_those_of_a_function(string page)
    {
        var unknown = Route().Matches(Template.Text(page)).Select(Call).Where(c => !Calls.Contains(c)).Distinct();
        Assert.Equal([], unknown);
    }

    [Fact]
    public void The_readme_names_every_call_that_somebody_makes_by_hand()
    {
        var named = Route().Matches(Template.Text("README.md")).Select(Call);
        Assert.Equal([], Calls.Where(c => !c.StartsWith("OPTIONS", StringComparison.Ordinal)).Except(named));
    }

    [Fact]
    public void The_page_of_the_api_has_a_heading_for_every_call()
    {
        var headings = Template.Text("docs/api.md").Split('\n').Where(l => l.StartsWith("### ", StringComparison.Ordinal));
        Assert.Equal([], Calls.Except(headings.SelectMany(h => Route().Matches(h)).Select(Call)));
    }

    // «GET /api/v1/profiles/{}»: a parameter's name does not matter.
    private static HashSet<string> Calls { get; } =
    [
        .. Docs.Rows("## What runs")
            .Where(r => r[0] != nameof(WrongCall))
            .Select(r => Trigger().Match(r[1]))
            .Where(m => m.Success)
            .SelectMany(m =>
                m.Groups["methods"]
                    .Value.Split(',')
                    .Where(method => method != "HEAD")
                    .Select(method => $"{method} {Parameter().Replace(m.Groups["path"].Value, "{}")}")
            ),
    ];

    private static string Call(Match route) => $"{route.Groups["method"].Value} {Parameter().Replace(route.Groups["path"].Value, "{}")}";

    private static bool IsMissing(string path) =>
        !Path.Exists(Path.Combine(Template.Root, path)) && !Path.Exists(Path.Combine(Template.Root, "src", path));

    private static HashSet<string> Headings(string page) =>
        [
            .. Template
                .Text(page)
                .Split('\n')
                .Where(l => l.StartsWith('#'))
                .Select(l => NoAnchor().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
        ];

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#\s]*)(#(?<heading>[^)\s]+))?\)", RegexOptions.None, Patience)]
    private static partial Regex Link();

    // From a folder at the top, or below src.
    [GeneratedRegex(@"`(?<path>(src|tests|docs|infra|deploy|samples|\.ci|Influence\w*(\.\w+)?)/[\w./-]*\w)`", RegexOptions.None, Patience)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\b(?<method>GET|POST|PUT|PATCH|DELETE|OPTIONS)`? (?<path>/api/[\w/{}.-]*[\w}])", RegexOptions.None, Patience)]
    private static partial Regex Route();

    [GeneratedRegex(@"^(?<methods>[A-Z,]+) (?<path>/api/\S+) ", RegexOptions.None, Patience)]
    private static partial Regex Trigger();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, Patience)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[^\w -]", RegexOptions.None, Patience)]
    private static partial Regex NoAnchor();
}
