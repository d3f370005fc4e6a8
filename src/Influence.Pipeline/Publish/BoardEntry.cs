namespace Influence.Pipeline.Publish;

/// <summary>An account on its way to a board.</summary>
/// <param name="Account">Who.</param>
/// <param name="Score">S, 1–100.</param>
/// <param name="Influence">V, above 0.</param>
/// <param name="Gain">Points gained over the last 7 days.</param>
/// <remarks>
/// Ordered best first: by score, then V, then account id. A total order, so that a board is the same however it was gathered.
/// </remarks>
internal readonly record struct BoardEntry(AccountId Account, double Score, double Influence, double Gain = 0) : IComparable<BoardEntry>
{
    public int CompareTo(BoardEntry other)
    {
        var order = other.Score.CompareTo(Score);
        if (order == 0)
            order = other.Influence.CompareTo(Influence);
        return order != 0 ? order : Account.CompareTo(other.Account);
    }
}
