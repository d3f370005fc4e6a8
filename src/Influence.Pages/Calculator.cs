using System.Globalization;
using System.Text.RegularExpressions;

namespace Influence.Pages;

/// <summary>The formula, for whoever wants to try numbers: pure, from the policy's own figures.</summary>
public static partial class Calculator
{
    /// <summary>Most people in the form.</summary>
    public const int MaxTies = 6;

    /// <summary>Most characters of a field.</summary>
    public const int MaxTyped = 20;

    /// <summary>A number with its thousands apart, as the site writes it: 1,000 and 12,345.</summary>
    /// <remarks>The script reads by the same one. 0,125 and 1,5 are none: there the comma is a point.</remarks>
    internal const string Apart = @"^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+$";

    private const int Patience = 1000;
    private const double MaxPoints = 100_000;
    private const double MaxDays = 400;
    private const double MaxFollowers = 1_000_000_000;
    private const double Scale = 10;

    /// <summary>The worked example of the scoring page: Ben, Cleo, Dan and 40 followers.</summary>
    public static IReadOnlyDictionary<string, string?> Example { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["points1"] = "4.5",
            ["days1"] = "0",
            ["vote1"] = "1",
            ["points2"] = "3",
            ["days2"] = "30",
            ["vote2"] = "1.6",
            ["points3"] = "1",
            ["days3"] = "60",
            ["vote3"] = "0.5",
            ["followers"] = "40",
        };

    /// <summary>What a query typed into the form, computed. Without any of its fields: the worked example.</summary>
    /// <param name="query">
    /// The address's query: <c>points1</c>, <c>days1</c>, <c>vote1</c> … and <c>followers</c>; all else is ignored.
    /// </param>
    /// <param name="policy">The numbers in force.</param>
    public static CalculatorModel Read(IReadOnlyDictionary<string, string?> query, PolicyReport policy)
    {
        var typed = query.Keys.Any(IsField) ? query : Example;
        var ties = Enumerable.Range(1, MaxTies).Select(i => TieOf(typed, i, policy)).ToArray();
        var followers = Cut(typed, "followers");
        var (count, wrong) = Number(followers, 0, MaxFollowers);
        var people = ties.Sum(t => t.Tie);
        var audience = policy.FollowerRate * count;
        return new(ties, followers, wrong, people, audience, people + audience, ScoreOf(people + audience, policy));
    }

    /// <summary>S = min(100, 1 + (99/8)·log10(1 + 10·V)).</summary>
    /// <param name="influence">V, 0 or more.</param>
    /// <param name="policy">The numbers in force.</param>
    public static double ScoreOf(double influence, PolicyReport policy) =>
        Math.Min(100, 1 + policy.PointsPerDecade * Math.Log10(1 + Scale * influence));

    private static CalculatorTie TieOf(IReadOnlyDictionary<string, string?> typed, int number, PolicyReport policy)
    {
        var suffix = number.ToString(CultureInfo.InvariantCulture);
        var (points, days, vote) = (Cut(typed, "points" + suffix), Cut(typed, "days" + suffix), Cut(typed, "vote" + suffix));
        var (x, wrongPoints) = Number(points, 0, MaxPoints);
        var (age, wrongDays) = Number(days, 0, MaxDays);
        // A vote that was left out is a newcomer's.
        var (weight, wrongVote) = vote.Length == 0 ? (1, false) : Number(vote, 0, 1 + policy.QualitySpan);
        var strength = x / (x + policy.HalfStrength);
        var recency = Math.Pow(2, -age / policy.HalfLifeDays);
        var wrong = wrongPoints || wrongDays || wrongVote;
        return new(points, days, vote, strength, recency, wrong ? 0 : weight * strength * recency)
        {
            WrongPoints = wrongPoints,
            WrongDays = wrongDays,
            WrongVote = wrongVote,
        };
    }

    private static (double Value, bool Wrong) Number(string typed, double least, double most)
    {
        if (typed.Length == 0)
            return (0, false);
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite;
        // A comma is how half of the world writes the point.
        var plain = HasThousands().IsMatch(typed) ? typed.Replace(",", "", StringComparison.Ordinal) : typed.Replace(',', '.');
        return double.TryParse(plain, Style, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? (value, false)
            : (0, true);
    }

    [GeneratedRegex(Apart, RegexOptions.None, Patience)]
    private static partial Regex HasThousands();

    private static string Cut(IReadOnlyDictionary<string, string?> typed, string field)
    {
        var text = typed.GetValueOrDefault(field)?.Trim() ?? "";
        return text.Length <= MaxTyped ? text : text[..MaxTyped];
    }

    /// <summary>Whether the form has a field of a name.</summary>
    public static bool IsField(string name) => Enumerable.Range(1, MaxTies).Any(i => IsTieField(name, i)) || name == "followers";

    private static bool IsTieField(string name, int number) =>
        name.Length > 1 && name[^1] - '0' == number && name.AsSpan(0, name.Length - 1) is "points" or "days" or "vote";
}

/// <summary>The calculator's form with its results.</summary>
/// <param name="Ties">The people, as typed; <see cref="Calculator.MaxTies"/> of them, empty ones included.</param>
/// <param name="Followers">The followers, as typed.</param>
/// <param name="WrongFollowers">Whether that is no number that it may be.</param>
/// <param name="People">V of people: the sum of the ties.</param>
/// <param name="Audience">What the followers add.</param>
/// <param name="Influence">V.</param>
/// <param name="Score">S, 1–100.</param>
public sealed record CalculatorModel(
    IReadOnlyList<CalculatorTie> Ties,
    string Followers,
    bool WrongFollowers,
    double People,
    double Audience,
    double Influence,
    double Score
);

/// <summary>One person of the calculator.</summary>
/// <param name="Points">x, as typed.</param>
/// <param name="Days">Days ago, as typed.</param>
/// <param name="Vote">The vote, as typed; empty counts as 1.</param>
/// <param name="Strength">x / (x + 2).</param>
/// <param name="Recency">2^(−days / half-life).</param>
/// <param name="Tie">vote · strength · recency; 0 where something typed is wrong.</param>
public sealed record CalculatorTie(string Points, string Days, string Vote, double Strength, double Recency, double Tie)
{
    /// <summary>Whether the points are no number that they may be.</summary>
    public bool WrongPoints { get; init; }

    /// <summary>Whether the days are no number that they may be.</summary>
    public bool WrongDays { get; init; }

    /// <summary>Whether the vote is no number that it may be.</summary>
    public bool WrongVote { get; init; }
}
