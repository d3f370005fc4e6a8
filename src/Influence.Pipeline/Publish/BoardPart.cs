namespace Influence.Pipeline.Publish;

/// <summary>The day and the moment of boards, and where the periods that they show begin.</summary>
/// <param name="Date">The boards' day, UTC.</param>
/// <param name="Moment">The moment of their scores, Unix seconds.</param>
internal readonly record struct BoardMoment(DateOnly Date, long Moment)
{
    /// <summary>Over how many days <c>movers</c> gain.</summary>
    private const int MoverDays = 7;

    /// <summary>For how many days an account is new.</summary>
    private const int NewDays = 30;

    /// <summary>The day, days since 1970-01-01 UTC.</summary>
    public int Day => DayOf(Date);

    /// <summary>The day at whose end the gains of movers begin.</summary>
    public int BeforeMovers => Day - MoverDays;

    /// <summary>The last day before the calendar week, which begins on Monday.</summary>
    public int BeforeWeek => Day - (((int)Date.DayOfWeek + 6) % 7) - 1;

    /// <summary>The last day before the calendar month.</summary>
    public int BeforeMonth => Day - Date.Day;

    /// <summary>The first day on which an account may have begun to be new.</summary>
    public int FirstNew => Day - NewDays + 1;

    private static int DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}

/// <summary>What an account brings to boards. Those of several accounts can be summed before they are ranked.</summary>
/// <param name="Influence">V at the boards' moment.</param>
/// <param name="Before">V at the end of the day seven days before, as known then.</param>
/// <param name="InWeek">V gained in the calendar week: less V at its start, as known then, faded to the moment.</param>
/// <param name="InMonth">The same in the calendar month.</param>
/// <param name="IsNew">Whether its first fact came in the last 30 days.</param>
/// <param name="Trend">Its scores of the last days.</param>
/// <param name="Named">V by the boards of its topics and communities, each once.</param>
/// <param name="Name">The display name; null for none.</param>
/// <param name="NameAt">When it was told, Unix seconds; 0 for never.</param>
/// <param name="NamedBy">The account that it was told of; null for a name that an operator gave.</param>
internal readonly record struct BoardPart(
    double Influence,
    double Before,
    double InWeek,
    double InMonth,
    bool IsNew,
    ScoreTrend Trend,
    IReadOnlyList<(string Board, double Influence)> Named,
    string? Name = null,
    long NameAt = 0,
    AccountId? NamedBy = null
)
{
    // What a history's 32-bit floats may be off by.
    private const double HistoryError = 1e-6;

    /// <summary>The part of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="inputs">Its inputs at the boards' moment.</param>
    /// <param name="at">The boards' day and moment.</param>
    public static BoardPart Of(AccountState account, ScoreInputs inputs, BoardMoment at) =>
        new(
            inputs.Influence,
            account.InputsAtEndOf(at.BeforeMovers).Influence,
            GainOf(account, inputs.Influence, at.BeforeWeek, at.Moment),
            GainOf(account, inputs.Influence, at.BeforeMonth, at.Moment),
            // An account that nobody has engaged makes a profile no older.
            account.Totals.AsOf == 0
                || (account.FirstDay is { } first && first >= at.FirstNew && first <= at.Day),
            ScoreTrend.Of(account, at.Day, inputs.Influence),
            inputs.People > 0 ? NamedOf(account.Shares, inputs.People) : [],
            account.Name,
            account.NameAt,
            account.Name is null ? null : account.Account
        );

    /// <summary>Both together, as one entry's.</summary>
    public BoardPart Plus(BoardPart other) =>
        new(
            Influence + other.Influence,
            Before + other.Before,
            InWeek + other.InWeek,
            InMonth + other.InMonth,
            IsNew && other.IsNew,
            Trend.Plus(other.Trend),
            [.. Named.Concat(other.Named).GroupBy(n => n.Board, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(n => n.Influence)))],
            IsNamedLater(other) ? Name : other.Name,
            Math.Max(NameAt, other.NameAt),
            IsNamedLater(other) ? NamedBy : other.NamedBy
        );

    // The latest name, as on the card; of two of one moment the same one in whichever order.
    private bool IsNamedLater(BoardPart other) =>
        Name is not null
        && (other.Name is null || NameAt > other.NameAt || (NameAt == other.NameAt && string.CompareOrdinal(Name, other.Name) > 0));

    private static double GainOf(AccountState account, double influence, int dayBefore, long moment)
    {
        var start = (dayBefore + 1L) * ScoringPolicy.Day;
        var before = account.InputsAtEndOf(dayBefore).Influence;
        if (before <= 0)
            return influence;
        var gain = influence - (before * account.Policy.Fade(Math.Max(0, moment - start)));
        return gain > HistoryError * influence ? gain : 0;
    }

    private static (string Board, double Influence)[] NamedOf(PeopleShares shares, double people)
    {
        if (shares.Topics.IsEmpty && shares.Communities.IsEmpty)
            return [];
        var (named, at) = (new (string, double)[shares.Topics.Count + shares.Communities.Count], 0);
        foreach (var (topic, part) in shares.Topics)
            named[at++] = ($"topic:{topic}", people * part);
        foreach (var (community, part) in shares.Communities)
            named[at++] = ($"community:{community}", people * part);
        return named;
    }
}
