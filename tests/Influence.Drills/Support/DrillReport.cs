using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Influence.Drills.Support;

/// <summary>Writes what a drill measured into its part of <c>docs/reliability.md</c>.</summary>
/// <remarks>In the full form; in the short one it is only printed.</remarks>
internal static partial class DrillReport
{
    private static readonly Lock Gate = new();

    /// <summary>Replaces one drill's figures.</summary>
    /// <param name="drill">The name between the marks.</param>
    /// <param name="output">Where they are printed besides.</param>
    /// <param name="rows">What was counted or measured, and how much of it.</param>
    public static void Write(string drill, ITestOutputHelper output, params (string What, string Value)[] rows)
    {
        (string What, string Value)[] all = [("seed", $"{DrillForm.Seed}"), .. rows];
        foreach (var (what, value) in all)
            output.WriteLine($"{drill}: {what}: {value}");
        if (!DrillForm.IsFull)
            return;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<!-- drill {drill} -->\n\n| of the last full run | {DateTime.UtcNow:yyyy-MM-dd} |\n|---|---|\n"
        );
        foreach (var (what, value) in all)
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
        text.Append("\n<!-- end -->");
        lock (Gate)
        {
            var path = Path.Combine(TestAzurite.Root, "docs", "reliability.md");
            var page = File.ReadAllText(path);
            var part = Part().Matches(page).SingleOrDefault(m => m.Groups["drill"].Value == drill);
            Assert.True(part is not null, $"docs/reliability.md has no place for the figures of '{drill}'.");
            File.WriteAllText(path, page[..part.Index] + text + page[(part.Index + part.Length)..]);
        }
    }

    [GeneratedRegex("<!-- drill (?<drill>[a-z-]+) -->.*?<!-- end -->", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
