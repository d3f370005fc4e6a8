using System.Diagnostics;
using System.Text.RegularExpressions;
using Influence.Tests;

namespace Infra.Tests;

/// <summary>What operators are told to type: in both shells, and for every alert.</summary>
public sealed partial class CommandDocsTests
{
    private const int Patience = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [Fact]
    public void Every_alert_has_a_runbook_and_no_other()
    {
        var alerts = Template.Module("alerts")["variables"]!["rules"]!.AsArray().Select(r => (string)r!["key"]!);
        Assert.Equal(alerts, Runbook().Matches(Runbooks).Select(m => m.Groups["key"].Value));
    }

    [Fact]
    public void Every_alert_of_the_table_is_one_that_is_raised() =>
        Assert.Equal(Runbook().Matches(Runbooks).Select(m => m.Groups["key"].Value), Docs.Rows("## Alerts").Select(r => r[0]));

    [Fact]
    public void A_runbook_says_what_it_means_what_to_look_at_how_to_mend_it_and_when_it_is_over()
    {
        foreach (var runbook in Runbooks.Split("\n### ").Skip(1))
        {
            var at = 0;
            foreach (
                var part in new[] { "**Means.**", "**Look first**", "```sh", "**Fix.**", "**Over** when" }.Where(p => !IsTable(runbook, p))
            )
            {
                var found = runbook.IndexOf(part, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"'{runbook.Split('\n')[0]}' has no {part} in its place");
                at = found;
            }
        }
    }

    [Theory]
    [InlineData("docs/deployment.md", "")]
    [InlineData("docs/operations.md", "## Runbooks")]
    public void Every_command_is_there_for_sh_and_for_PowerShell_side_by_side(string page, string from)
    {
        var blocks = Block()
            .Matches(Section(page, from))
            .Select(m => (Shell: m.Groups["shell"].Value, m.Index, End: m.Index + m.Length))
            .ToArray();
        Assert.True(blocks.Length >= 10, $"{blocks.Length} blocks");
        Assert.Equal(Enumerable.Repeat(new[] { "sh", "powershell" }, blocks.Length / 2), blocks.Select(b => b.Shell).Chunk(2));
        Assert.All(blocks.Chunk(2), pair => Assert.Equal(pair[0].End + 1, pair[1].Index));
    }

    [Theory]
    [InlineData("docs/deployment.md", "")]
    [InlineData("docs/operations.md", "## Runbooks")]
    public async Task Every_command_is_one_that_sh_can_read(string page, string from)
    {
        var commands = string.Concat(
            Block().Matches(Section(page, from)).Where(m => m.Groups["shell"].Value == "sh").Select(m => m.Groups["text"].Value)
        );
        Assert.Equal("", await ComplaintsAsync(commands));
        // It notices what it cannot read.
        Assert.NotEqual("", await ComplaintsAsync(commands + "for a in b; do\n"));
    }

    // A fix that depends on what is seen is a table.
    private static bool IsTable(string runbook, string part) =>
        part == "**Fix.**" && runbook.Contains("| seen | then |", StringComparison.Ordinal);

    private static string Runbooks { get; } = Section("docs/operations.md", "## Runbooks");

    private static string Section(string page, string heading)
    {
        var text = Template.Text(page);
        if (heading.Length == 0)
            return text;
        var start = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static async Task<string> ComplaintsAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-n"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        var complaints = bash.StandardError.ReadToEndAsync();
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        await Eventually.EndsAsync(bash, "bash -n", Longest);
        return await complaints;
    }

    [GeneratedRegex(@"^### `(?<key>\w+)`$", RegexOptions.Multiline, Patience)]
    private static partial Regex Runbook();

    [GeneratedRegex(@"^```(?<shell>sh|powershell)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, Patience)]
    private static partial Regex Block();
}
