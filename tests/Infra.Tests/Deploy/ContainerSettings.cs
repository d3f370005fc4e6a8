using System.Text.RegularExpressions;

namespace Infra.Tests.Deploy;

/// <summary>Names of settings that the Dockerfile sets, and those that the docs explain.</summary>
internal static partial class ContainerSettings
{
    /// <summary>Begins the settings that say which functions run; a number follows.</summary>
    public const string Functions = "AzureFunctionsJobHost__functions__";

    private const int Patience = 10_000;

    /// <summary>What the Dockerfile sets: the instructions ENV, continued lines joined.</summary>
    public static Dictionary<string, string> OfImage { get; } =
        Template
            .Text("Dockerfile")
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n')
            .Where(l => l.StartsWith("ENV ", StringComparison.Ordinal))
            .SelectMany(l => Setting().Matches(l["ENV ".Length..]))
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value.Trim('"'));

    /// <summary>What the tables of docs/operations.md name, a number of a list as 0.</summary>
    public static HashSet<string> Documented { get; } =
    [
        .. new[] { "## Settings", "### Settings with names", "### Settings of the container" }
            .SelectMany(Docs.Rows)
            .Select(r => r[0].Split('`')[0]),
    ];

    /// <summary>Whether the docs explain a setting; one of a list or a section by its pattern.</summary>
    public static bool IsDocumented(string name) => Documented.Contains(name) || Documented.Contains(Number().Replace(name, "__0"));

    [GeneratedRegex("(?<name>\\w+)=(?<value>\"[^\"]*\"|\\S+)", RegexOptions.None, Patience)]
    private static partial Regex Setting();

    [GeneratedRegex(@"__\d+$", RegexOptions.None, Patience)]
    private static partial Regex Number();
}
