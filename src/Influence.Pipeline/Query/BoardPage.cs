namespace Influence.Pipeline;

/// <summary>A stretch of a board.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Date">The day.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Total">How many accounts it ranks, shown or not.</param>
/// <param name="Rows">The places, best first.</param>
/// <param name="NextLink">Where the next places are; absent on the last page.</param>
public sealed record BoardPage(string Board, DateOnly Date, DateTimeOffset AsOf, int Total, IReadOnlyList<BoardRow> Rows, string? NextLink)
{
    /// <summary>Whether its scores are of the day's end: such a page changes no more.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFinal { get; init; }

    /// <summary>The rank after which the next page begins, 0 on the last.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Next { get; init; }

    /// <summary>The edition its rows are of, which the next page is to be of too.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Edition { get; init; }
}
