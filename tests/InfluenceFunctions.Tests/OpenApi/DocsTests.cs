using System.Text.RegularExpressions;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>docs/api.md says of every call what its description says: parameters and codes.</summary>
public sealed partial class DocsTests
{
    private const string General = "## For all calls";

    private static readonly string Page = File.ReadAllText(Path.Combine(TestAzurite.Root, "docs", "api.md"));

    // The codes that one table has for all calls.
    private static readonly HashSet<string> OfAllCalls =
    [
        .. Code()
            .Matches(Page[Page.IndexOf(General, StringComparison.Ordinal)..Page.IndexOf("### How", StringComparison.Ordinal)])
            .Select(m => m.Groups["code"].Value)
            .Where(Codes.OfProblems.ContainsKey),
    ];

    public static TheoryData<string> Calls => [.. Catalogue.All.Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_section_of_a_call_names_its_parameters_and_codes(string id)
    {
        var call = Catalogue.All.Single(c => c.Id == id);
        var section = SectionOf($"{call.Method.ToUpperInvariant()} {call.Path}");
        var parameters = call.Parameters.Where(p => p.In != "path").Select(p => p.Name);
        Assert.Equal([], parameters.Where(p => !Regex.IsMatch(section, $"[`?&]{p}[`=]", RegexOptions.None, TimeSpan.FromSeconds(1))));
        var codes = CommonAnswers.AllOf(call).SelectMany(a => a.Codes).Distinct();
        Assert.Equal([], codes.Where(c => !OfAllCalls.Contains(c) && !section.Contains($"`{c}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_code_is_there_and_no_other()
    {
        string[] known = [.. Codes.OfProblems.Keys, .. Codes.OfRefusals.Keys, .. Codes.OfWarnings.Keys];
        Assert.Equal([], known.Where(c => !Page.Contains($"`{c}`", StringComparison.Ordinal)));
        // In the tables «| status | code | when |».
        var inTables = Row().Matches(Page).SelectMany(r => Code().Matches(r.Value)).Select(m => m.Groups["code"].Value);
        Assert.Equal([], inTables.Except(known));
    }

    // From the heading that names the call to the next one.
    private static string SectionOf(string call)
    {
        var start = Heading().Matches(Page).Single(h => Call().Matches(h.Value).Any(c => c.Groups["call"].Value == call)).Index;
        var next = Page.IndexOf("\n## ", start, StringComparison.Ordinal);
        var nextCall = Page.IndexOf("\n### ", start + 1, StringComparison.Ordinal);
        var ends = new[] { next, nextCall, Page.Length }.Where(e => e > start);
        return Page[start..ends.Min()];
    }

    [GeneratedRegex("^### .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`(?<call>[A-Z]+ [^`?]+)[^`]*`", RegexOptions.None, 1000)]
    private static partial Regex Call();

    [GeneratedRegex("`(?<code>[a-z_]+)`", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| \d{3} \| `[^|]*", RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
