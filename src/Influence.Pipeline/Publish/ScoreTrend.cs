namespace Influence.Pipeline.Publish;

/// <summary>The scores of the last days of an entry of a board: the line that its row draws.</summary>
/// <remarks>
/// Told from histories, and computed for those alone that a board keeps. A score takes a byte, in steps of 0.4: a line of 30 points in 40
/// characters (base64).
/// </remarks>
internal sealed class ScoreTrend
{
    /// <summary>Most days.</summary>
    public const int Days = 30;

    private const double Step = 0.4;
    private AccountState? account;
    private readonly BoardMoment at;
    private double[]? influence;
    private string? text;

    private ScoreTrend(AccountState? account, double[]? influence, BoardMoment at) =>
        (this.account, this.influence, this.at) = (account, influence, at);

    /// <summary>That of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="at">The board's day and moment.</param>
    public static ScoreTrend Of(AccountState account, BoardMoment at) => new(account, null, at);

    /// <summary>That of V at the end of each day, the board's last.</summary>
    public static ScoreTrend Of(double[] influence) => new(null, influence, default);

    /// <summary>V at the end of each of the days, as known then.</summary>
    public double[] Influence
    {
        get
        {
            if (account is { } known)
                (influence, account) = (
                    [
                        .. Enumerable.Range(at.Day - Days + 1, Days - 1).Select(d => known.KnownAtEndOf(d).Influence),
                        known.InputsAt(at.Moment).Influence,
                    ],
                    null
                );
            return influence!;
        }
    }

    /// <summary>Both together.</summary>
    public ScoreTrend Plus(ScoreTrend other) => Of([.. Influence.Zip(other.Influence, (a, b) => a + b)]);

    /// <summary>The scores as a row keeps them; days before anything was known are left out.</summary>
    public string Text => text ??= Convert.ToBase64String([.. Influence.SkipWhile(v => v <= 0).Select(ByteOf)]);

    /// <summary>The scores of a row, to 0.4.</summary>
    public static double[] Read(string? text) =>
        string.IsNullOrEmpty(text)
            ? []
            : [.. Convert.FromBase64String(text).Select(b => Math.Round(b * Step, 1, MidpointRounding.AwayFromZero))];

    private static byte ByteOf(double influence) =>
        (byte)Math.Round(ScoringPolicy.Current.ScoreOf(influence) / Step, MidpointRounding.AwayFromZero);
}
