using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>All boards.</summary>
/// <param name="Leaderboards">By name.</param>
/// <param name="NextLink">Where the next boards are; absent on the last page.</param>
public sealed record BoardList(IReadOnlyList<BoardDays> Leaderboards, string? NextLink = null);

/// <summary>A board and the days it was published for.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Latest">The latest day.</param>
/// <param name="Dates">All days, ascending.</param>
public sealed record BoardDays(string Board, DateOnly Latest, IReadOnlyList<DateOnly> Dates)
{
    /// <summary>A board of days in any order; at least one.</summary>
    public static BoardDays Of(string board, IEnumerable<DateOnly> dates)
    {
        DateOnly[] days = [.. dates.Order()];
        return new BoardDays(board, days[^1], days);
    }
}

/// <summary>A page of a board.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Date">The day.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Total">How many accounts it ranks, shown or not.</param>
/// <param name="Edition">Names this publication of the day, 16 hex digits: a cursor that names it gives pages that never change.</param>
/// <param name="Rows">The places, best first.</param>
/// <param name="NextLink">Where the next places are; absent on the last page.</param>
public sealed record BoardPage(
    string Board,
    DateOnly Date,
    DateTimeOffset AsOf,
    int Total,
    string Edition,
    IReadOnlyList<BoardRow> Rows,
    string? NextLink = null
)
{
    /// <summary>The published day that changes are told against; absent for the first.</summary>
    public DateOnly? Before { get; init; }
}

/// <summary>A place on a board.</summary>
/// <param name="Rank">1 + how many accounts have a higher score, to 0.01: equal scores share a rank (1, 2, 2, 4).</param>
/// <param name="Id">The account.</param>
/// <param name="Score">S as of the board's moment, 1–100; on the boards of a week or month that of what was gained.</param>
/// <param name="Influence">V as of the same moment, or what was gained of it; above 0.</param>
/// <param name="Change">
/// Points since the published day before, absent for an account that was not on that board; on the boards <c>movers</c>, points gained over
/// 7 days.
/// </param>
/// <param name="Move">Places won since the published day before, negative for places lost; absent with no place then.</param>
/// <param name="Name">How the account was shown when the board was ranked; absent where no fact said.</param>
public sealed record BoardRow(int Rank, string Id, double Score, double Influence, double? Change, int? Move, string? Name = null)
{
    /// <summary>Which other account of its profile the name was told of; null for none. Not part of the answer.</summary>
    [JsonIgnore]
    public string? NamedBy { get; init; }

    /// <summary>The scores of up to 30 days, to 0.01, the board's day last; empty for none.</summary>
    /// <remarks>For the pages; not part of the answer.</remarks>
    [JsonIgnore]
    public IReadOnlyList<double> Trend
    {
        get => trend.Length == 0 ? [] : MemoryMarshal.Cast<char, double>(trend).ToArray();
        init => trend = new string(MemoryMarshal.Cast<double, char>(value.ToArray()));
    }

    // As a text, so that rows with the same numbers are equal.
    private readonly string trend = "";
}

/// <summary>Where an account stands on a board, and who stands next to it.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Date">The day.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Total">How many accounts it ranks, shown or not.</param>
/// <param name="Id">The account.</param>
/// <param name="Rank">Its rank: 1 + how many accounts have a higher score, to 0.01.</param>
/// <param name="Percentile">
/// The percentage of ranked accounts that it is not below, 0–100: by score, on the boards <c>movers</c> by gain.
/// </param>
/// <param name="Rows">Its neighbours and itself, best first; empty for an account beyond the places shown.</param>
/// <param name="Provisional">
/// True where facts came since the board: the rank is then the one that the score as known now would take.
/// </param>
public sealed record BoardAround(
    string Board,
    DateOnly Date,
    DateTimeOffset AsOf,
    int Total,
    string Id,
    int Rank,
    double Percentile,
    IReadOnlyList<BoardRow> Rows,
    bool? Provisional = null
)
{
    /// <summary>Why there are no neighbours: <c>beyond_top</c> for an account beyond the places shown; absent otherwise.</summary>
    public string? NoRows { get; init; }
}
