namespace Influence.Pipeline;

/// <summary>A place on a board.</summary>
/// <param name="Rank">1 for the first.</param>
/// <param name="Id">The account.</param>
/// <param name="Score">S as of the board's moment, 1–100.</param>
/// <param name="Influence">V as of the same moment, above 0.</param>
/// <param name="Change">
/// Points since the published day before, absent for an account that was not on that board; on the board <c>movers</c>, points gained over 7 days.
/// </param>
/// <param name="Move">Places won since the published day before, negative for places lost; absent with no place then.</param>
public sealed record BoardRow(int Rank, string Id, double Score, double Influence, double? Change, int? Move);
