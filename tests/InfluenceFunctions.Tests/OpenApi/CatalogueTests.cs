using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>The catalogue against the code: the triggers, and the codes in the sources.</summary>
public sealed partial class CatalogueTests
{
    private const string Sources = "src/InfluenceFunctions";

    // What nobody is refused with from outside: a routing mistake inside.
    private const string Inner = "wrong_account";

    // What answers where there is no call.
    private static readonly string[] OfNoCall = ["method_not_allowed", "unknown_call"];

    // Of the pages for readers, which are no part of the API.
    private const string OfPages = "unknown_asset";

    [Fact]
    public void The_calls_are_those_of_the_triggers()
    {
        var triggers =
            from method in typeof(Catalogue).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null && function.Name != nameof(WrongCall)
            from trigger in method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
            where Catalogue.All.Any(c => c.Path == $"/{trigger.Route}") || trigger.Route!.StartsWith("api/", StringComparison.Ordinal)
            from verb in trigger.Methods!
            select $"{verb} /{trigger.Route} {function.Name} {CallerOf(trigger.AuthLevel)}";
        var calls = Catalogue.All.SelectMany(c =>
            (c.HasHead ? new[] { c.Method, "head" } : [c.Method]).Select(verb => $"{verb} {c.Path} {c.Function} {c.Caller}")
        );
        Assert.Equal(triggers.Order(StringComparer.Ordinal), calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_description_knows_which_reads_are_never_closed() =>
        Assert.Equal(
            Catalogue.All.Where(c => c.IsAlwaysOpen).Select(c => c.Function),
            Catalogue.All.Select(c => c.Function).Where(f => PublicReads.AlwaysOpen.Contains(f))
        );

    [Fact]
    public void Every_call_has_a_name_of_its_own_and_a_group_that_there_is()
    {
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(c => c.Id).Distinct().Count());
        Assert.All(Catalogue.All, c => Assert.Contains(c.Tag, Catalogue.Tags.Select(t => t.Tag)));
    }

    [Fact]
    public void The_problem_codes_are_those_of_the_sources_and_of_the_calls()
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(TestAzurite.Root, Sources), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}OpenApi{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var inSources = files.SelectMany(f => ProblemCode().Matches(File.ReadAllText(f))).Select(m => m.Groups["code"].Value);
        Assert.Equal(Codes.OfProblems.Keys, inSources.Distinct().Where(c => c != OfPages).Order(StringComparer.Ordinal));
        var ofCalls = Catalogue.All.SelectMany(CommonAnswers.AllOf).SelectMany(a => a.Codes);
        Assert.Equal(Codes.OfProblems.Keys, ofCalls.Concat(OfNoCall).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_refusal_codes_are_those_of_the_rules() =>
        Assert.Equal(
            Enum.GetValues<RefusalCode>()
                .Select(c => new FactRefusal(c, "", "").CodeName)
                .Where(c => c != Inner)
                .Order(StringComparer.Ordinal),
            Codes.OfRefusals.Keys
        );

    private static Caller CallerOf(AuthorizationLevel level) =>
        level switch
        {
            AuthorizationLevel.Anonymous => Caller.Anyone,
            AuthorizationLevel.Function => Caller.Writer,
            _ => Caller.Operator,
        };

    // Problem(status, "code", …) and new Problem(status, "Title", "code", …).
    [GeneratedRegex("""Problem\(\s*[\w.]+,\s*(?:"[A-Z][^"]*",\s*)?"(?<code>[a-z_]+)"\s*,""", RegexOptions.None, 10_000)]
    private static partial Regex ProblemCode();
}
