using System.Buffers.Binary;

namespace Influence.Pipeline.Publish;

/// <summary>The scores of the last days of an entry of a board: the line that its row draws.</summary>
/// <remarks>
/// Told from histories, and computed for those alone that a board keeps. A score takes two bytes, in hundredths: a line of 30 points in 80
/// characters (base64).
/// </remarks>
internal sealed class ScoreTrend
{
    /// <summary>Most days.</summary>
    public const int Days = 30;

    private AccountState? account;
    private readonly int day;
    private readonly double last;
    private double[]? influence;
    private string? text;

    private ScoreTrend(AccountState? account, double[]? influence, int day, double last) =>
        (this.account, this.influence, this.day, this.last) = (account, influence, day, last);

    /// <summary>That of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="day">The board's day, days since 1970-01-01 UTC.</param>
    /// <param name="last">V as the board ranks it: the last point is the score of the row.</param>
    public static ScoreTrend Of(AccountState account, int day, double last) => new(account, null, day, last);

    /// <summary>That of V at the end of each day, the board's last.</summary>
    public static ScoreTrend Of(double[] influence) => new(null, influence, 0, 0);

    /// <summary>V at the end of each of the days, as known then.</summary>
    public double[] Influence
    {
        get
        {
            if (account is { } known)
                (influence, account) = (
                    [.. Enumerable.Range(day - Days + 1, Days - 1).Select(d => known.KnownAtEndOf(d).Influence), last],
                    null
                );
            return influence!;
        }
    }

    /// <summary>Both together.</summary>
    public ScoreTrend Plus(ScoreTrend other) => Of([.. Influence.Zip(other.Influence, (a, b) => a + b)]);

    /// <summary>The scores as a row keeps them; days before anything was known are left out.</summary>
    public string Text
    {
        get
        {
            if (text is not null)
                return text;
            var known = Influence.AsSpan(Influence.TakeWhile(v => v <= 0).Count());
            Span<byte> bytes = stackalloc byte[known.Length * sizeof(ushort)];
            for (var i = 0; i < known.Length; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(
                    bytes[(i * sizeof(ushort))..],
                    (ushort)ScoreHistogram.Hundredths(ScoringPolicy.Current.ScoreOf(known[i]))
                );
            return text = Convert.ToBase64String(bytes);
        }
    }

    /// <summary>The scores of a row, to 0.01.</summary>
    public static double[] Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var bytes = Convert.FromBase64String(text);
        var scores = new double[bytes.Length / sizeof(ushort)];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort))) / 100.0;
        return scores;
    }
}
