namespace Influence.Pages.Text;

/// <summary>A board's name taken apart: what kind it is, and of what.</summary>
/// <param name="Kind"><c>global</c>, <c>movers</c>, <c>week</c>, <c>month</c>, <c>newcomers</c>, <c>network</c>, <c>topic</c> …</param>
/// <param name="Of">The network, topic or community; null for everybody.</param>
internal sealed record BoardName(string Kind, string? Of)
{
    private static readonly string[] Kinds = ["global", "movers", "week", "month", "newcomers", "network", "topic", "community"];

    /// <summary>Whether its scores are those of what was gained.</summary>
    public bool RanksGains => Kind is "week" or "month";

    /// <summary>Whether its scores are of a part of what an account's whole score is of.</summary>
    public bool IsPartial => RanksGains || Kind is "topic" or "community";

    /// <summary>Whether it ranks by points gained.</summary>
    public bool RanksMoves => Kind == "movers";

    /// <summary>The key of its title, with a place <c>name</c> where it is of something.</summary>
    public string TitleKey => Of is null ? $"Board_{Kind}" : $"Board_{Kind}_of";

    /// <summary>The key of what it ranks, in a sentence.</summary>
    public string AboutKey => $"Board_{Kind}_about";

    /// <summary>Takes a name apart; one of an unknown kind is of the kind <c>other</c>.</summary>
    public static BoardName Read(string board)
    {
        var at = board.IndexOf(':', StringComparison.Ordinal);
        var (kind, of) = at < 0 ? (board, null) : (board[..at], board[(at + 1)..]);
        var needsName = kind is "network" or "topic" or "community";
        return Kinds.Contains(kind) && (!needsName || of is not null) && !(kind == "global" && of is not null)
            ? new(kind, of)
            : new("other", board);
    }

    /// <summary>Its title as plain text. What comes from outside is isolated from the direction of what is around it.</summary>
    public string Title(Texts texts) => Of is null ? texts[TitleKey] : texts.Of(TitleKey, ("name", Isolated(Of)));

    /// <summary>Foreign text for a place where no element can go: between the marks FSI and PDI.</summary>
    public static string Isolated(string text) => $"\u2068{text}\u2069";
}
