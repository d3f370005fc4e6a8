using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Influence.Scoring.Tests.Docs;

/// <summary>Recomputes the example of docs/scoring.md from the page's own tables, to the digits shown.</summary>
public sealed partial class ScoringPageTests
{
    private const long Today = Scenario.Now;
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), "docs", "scoring.md"));
    private static readonly string[][] Facts = Table("| who | what | points | days ago | vote |");

    [Fact]
    public void The_points_are_the_policys()
    {
        var names = Cells(Lines[Array.FindIndex(Lines, l => l.StartsWith("| view |", StringComparison.Ordinal))]);
        var points = Table("| view | click |")[0];
        for (var i = 0; i < names.Length; i++)
            Near(points[i], ScoringPolicy.Version1.PointsOf(Enum.Parse<InteractionType>(names[i], true)));
        Assert.All(Facts, f => Near(f[2], ScoringPolicy.Version1.PointsOf(Enum.Parse<InteractionType>(f[1], true))));
    }

    [Fact]
    public void Every_style_has_the_name_that_its_row_and_column_say()
    {
        foreach (var row in Table("| | participating | listening |"))
        {
            var halves = row[0].Split(", ");
            Assert.Equal(row[1], NameOf(halves, likes: 0));
            Assert.Equal(row[2], NameOf(halves, likes: 99));
        }

        Assert.Equal(8, Table("| | participating | listening |").Length);

        static string NameOf(string[] halves, uint likes) =>
            new Style(
                halves[0] == "creating" ? 5u : 0,
                2,
                0,
                likes,
                halves[1] == "focused" ? 100 : 900,
                halves[2] == "casual" ? 1 : 14
            ).Name;
    }

    [Fact]
    public void Each_tie_is_as_shown()
    {
        var people = Account(0).TopPeople.ToDictionary(p => p.Account.Value);
        foreach (var row in Table("| who | x | strength |"))
        {
            var person = people["net:" + row[0]];
            Near(row[1], person.Points);
            Near(row[2], ScoringPolicy.Version1.Strength(person.Points));
            Near(row[3], ScoringPolicy.Version1.Fade(Today - person.Last));
            Near(row[4], person.Vote);
            Near(row[5], person.TieAt(Today, ScoringPolicy.Version1));
        }
    }

    [Fact]
    public void Both_days_are_as_shown()
    {
        var rows = Table("| | R | D | Q |");
        Check(rows[0], Score.Of(Account(30).InputsAt(Today - (30 * ScoringPolicy.Day)), ScoringPolicy.Version1));
        Check(rows[1], Account(0).ScoreAt(Today));
        Near(Bold().Match(string.Join('\n', Lines)).Groups[1].Value, Account(0).ScoreAt(Today).Value);
    }

    [Fact]
    public void The_change_splits_as_shown()
    {
        var row = Table("| change | reach | depth |")[0];
        var change = ScoreChange.Between(
            Account(30).InputsAt(Today - (30 * ScoringPolicy.Day)),
            Account(0).InputsAt(Today),
            ScoringPolicy.Version1
        );
        Near(row[0], change.Points);
        Near(row[1], change.Reach);
        Near(row[2], change.Depth);
        Near(row[3], change.Voice);
        Near(row[4], change.Audience);
    }

    private static void Check(string[] row, Score score)
    {
        Near(row[1], score.Reach);
        Near(row[2], score.Depth);
        Near(row[3], score.Voice);
        Near(row[4], score.Influence - score.Audience);
        Near(row[5], score.Influence);
        Near(row[6], score.Value);
    }

    /// <summary>The example's account as it was so many days ago.</summary>
    private static AccountState Account(int daysAgo)
    {
        var votes = VoteTable.Of(
            Facts
                .DistinctBy(f => f[0])
                .Select(f => KeyValuePair.Create(Scenario.Keys.KeyOf(AccountId.Parse("net:" + f[0])), (float)Number(f[4])))
        );
        var facts = Facts
            .Where(f => Number(f[3]) >= daysAgo)
            .Select(f =>
                (Fact)
                    new Interaction
                    {
                        Type = Enum.Parse<InteractionType>(f[1], true),
                        Actor = AccountId.Parse("net:" + f[0]),
                        Target = Scenario.Target,
                        At = Today - (int.Parse(f[3], CultureInfo.InvariantCulture) * ScoringPolicy.Day),
                    }
            );
        var followers = new MetricReport
        {
            Account = Scenario.Target,
            Value = Number(Followers().Match(string.Join(' ', Lines)).Groups[1].Value),
            At = Today,
        };
        return Scenario.Apply(daysAgo == 0 ? facts.Append(followers) : facts, votes: votes);
    }

    private static void Near(string shown, double actual)
    {
        var digits = shown.Contains('.', StringComparison.Ordinal) ? shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        Assert.True(Math.Abs(Number(shown) - actual) <= (0.5 * Math.Pow(10, -digits)) + 1e-9, $"the page shows {shown}, it is {actual}");
    }

    private static string[][] Table(string header) =>
        [.. Lines.SkipWhile(l => !l.StartsWith(header, StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')).Select(Cells)];

    private static string[] Cells(string line) => line.Trim('|').Split('|', StringSplitOptions.TrimEntries);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"reported (\d+) followers", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Followers();

    [GeneratedRegex(@"\*\*(\d+\.\d+)\*\*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bold();
}
