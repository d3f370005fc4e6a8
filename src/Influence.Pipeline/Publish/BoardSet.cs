namespace Influence.Pipeline;

/// <summary>All boards of a publication: <c>global</c>, and one for each network.</summary>
internal sealed class BoardSet(int size)
{
    public const string Global = "global";

    public Dictionary<string, Board> Boards { get; } = new() { [Global] = new Board(size) };

    public void Add(BoardEntry entry)
    {
        Boards[Global].Add(entry);
        BoardOf($"network:{entry.Account.Network}").Add(entry);
    }

    public void Add(BoardSet other)
    {
        foreach (var (name, board) in other.Boards) BoardOf(name).Add(board);
    }

    private Board BoardOf(string name) => Boards.TryGetValue(name, out var board) ? board : Boards[name] = new Board(size);
}
