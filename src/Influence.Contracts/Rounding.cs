namespace Influence.Contracts;

/// <summary>Answers with scores and points to 4 decimals, half away from zero.</summary>
/// <remarks>
/// Explanations are told whole, so that their parts can be summed and recomputed; influence and factors are everywhere. A rank is by the
/// score rounded first to 4 and then to 2 decimals, so that who rounds what was told finds the same order.
/// </remarks>
public static class Rounding
{
    private const int Decimals = 4;

    /// <summary>The card, rounded.</summary>
    public static ScoreCard Rounded(this ScoreCard card) =>
        card with
        {
            Score = Rounded(card.Score),
            Change = new ScoreCardChange(Rounded(card.Change.Day), Rounded(card.Change.Week), Rounded(card.Change.Month)),
        };

    /// <summary>The cards, rounded.</summary>
    public static ScoreCards Rounded(this ScoreCards cards) => cards with { Profiles = [.. cards.Profiles.Select(Rounded)] };

    /// <summary>The history, rounded.</summary>
    public static ScoreHistory Rounded(this ScoreHistory history) =>
        history with
        {
            Days = [.. history.Days.Select(d => d with { Score = Rounded(d.Score) })],
        };

    /// <summary>The page, rounded.</summary>
    public static BoardPage Rounded(this BoardPage page) => page with { Rows = Rounded(page.Rows) };

    /// <summary>The place, rounded.</summary>
    public static BoardAround Rounded(this BoardAround around) => around with { Rows = Rounded(around.Rows) };

    /// <summary>The profile, rounded.</summary>
    public static LinkedProfile Rounded(this LinkedProfile profile) =>
        profile with
        {
            Score = Rounded(profile.Score),
            Before = [.. profile.Before.Select(b => b with { Score = Rounded(b.Score) })],
        };

    private static List<BoardRow> Rounded(IReadOnlyList<BoardRow> rows) =>
        [.. rows.Select(r => r with { Score = Rounded(r.Score), Change = r.Change is { } change ? Rounded(change) : null })];

    private static double Rounded(double points) => Math.Round(points, Decimals, MidpointRounding.AwayFromZero);
}
