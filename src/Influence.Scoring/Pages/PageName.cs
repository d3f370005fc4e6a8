using System.Globalization;

namespace Influence.Scoring.Pages;

/// <summary>Names a page within its account's state: what it holds, of which day, from which key.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Day">The event day of a ledger page, days since 1970-01-01 UTC; 0 for the others.</param>
/// <param name="Start">The first key of its range. A page that splits keeps its name for the lower half.</param>
public readonly record struct PageName(PageKind Kind, int Day, ulong Start)
{
    /// <summary>
    /// The row key: <c>ties|{start}</c>, <c>ledger|{yyyyMMdd}|{start}</c> or <c>undone|{start}</c>, the start in 16 hex digits.
    /// </summary>
    public override string ToString()
    {
        var start = Start.ToString("x16", CultureInfo.InvariantCulture);
        return Kind switch
        {
            PageKind.Ties => $"ties|{start}",
            PageKind.Undone => $"undone|{start}",
            _ => string.Create(CultureInfo.InvariantCulture, $"ledger|{DateOnly.FromDayNumber(Day + UnixEpochDay):yyyyMMdd}|{start}"),
        };
    }

    private const int UnixEpochDay = 719_162;
}

/// <summary>What a packed page holds. The numbers are stored and never change.</summary>
public enum PageKind : byte
{
    /// <summary>Ties received, one record per actor.</summary>
    Ties = 1,

    /// <summary>The facts of one event day, one record each.</summary>
    Ledger = 2,

    /// <summary>What was taken back, one record per undone interaction.</summary>
    Undone = 3,
}
