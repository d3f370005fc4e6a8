namespace Influence.Replay.Community;

/// <summary>Somebody who does not exist.</summary>
/// <param name="Id">The account, <c>network:handle</c>.</param>
/// <param name="Network">Where in <see cref="Networks"/> its network stands: people engage within their network.</param>
/// <param name="Home">The community they mostly are in.</param>
/// <param name="Topics">
/// One to three topics they care for, as numbers into <see cref="Interests.Topics"/>; the first is the main one.
/// </param>
/// <param name="Popularity">How much they draw, heavy-tailed.</param>
/// <param name="Activity">How much they do, heavy-tailed.</param>
/// <param name="IsRising">Whether nearly all they get came lately.</param>
internal sealed record Account(string Id, int Network, string Home, int[] Topics, double Popularity, double Activity, bool IsRising);
