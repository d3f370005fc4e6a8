namespace Influence.Pipeline.Publish;

/// <summary>
/// All boards of a publication: <c>global</c>, one for each network, and one for each topic and community that accounts received points
/// for. On the board of a
/// topic or community an account stands with the part of its influence that comes from there: V · (points of it / all points).
/// </summary>
/// <param name="size">Places of a board.</param>
internal sealed class BoardSet(int size)
{
    public const string Global = "global";
    public const string Movers = "movers";

    /// <summary>Among how many of the best the movers are looked for.</summary>
    public const int MoversAmong = 10_000;

    private const int MoverDays = 7;

    public Dictionary<string, Board> Boards { get; } = new(StringComparer.Ordinal) { [Global] = new Board(Math.Max(size, MoversAmong)) };

    /// <summary>Whether a board is a network's, which is there however few it ranks.</summary>
    public static bool IsNetwork(string name) => name.StartsWith("network:", StringComparison.Ordinal);

    /// <summary>Adds an account to every board it belongs on.</summary>
    /// <param name="account">The account.</param>
    /// <param name="inputs">Its inputs at the board's moment.</param>
    /// <param name="asOf">That moment, Unix seconds.</param>
    public void Add(AccountState account, ScoreInputs inputs, long asOf)
    {
        if (inputs.Influence <= 0)
            return;
        var entry = EntryOf(account, inputs.Influence) with { Gain = GainOf(account, inputs, asOf) };
        Boards[Global].Add(entry);
        BoardOf($"network:{account.Account.Network}").Add(entry);
        var points = account.Received.Total;
        if (points <= 0)
            return;
        foreach (var (topic, part) in account.Received.Topics.Points)
            BoardOf($"topic:{topic}").Add(EntryOf(account, inputs.People * part / points));
        foreach (var (community, part) in account.Received.Communities.Points)
            BoardOf($"community:{community}").Add(EntryOf(account, inputs.People * part / points));
    }

    /// <summary>The board of a name, begun if it is new.</summary>
    public Board BoardOf(string name) => Boards.TryGetValue(name, out var board) ? board : Boards[name] = new Board(size);

    private static BoardEntry EntryOf(AccountState account, double influence) =>
        new(account.Account, account.Policy.ScoreOf(influence), influence);

    private static double GainOf(AccountState account, ScoreInputs inputs, long asOf)
    {
        var then = account.History.InputsAt(asOf - (MoverDays * ScoringPolicy.Day), account.Policy) ?? default;
        return account.Policy.ScoreOf(inputs.Influence) - account.Policy.ScoreOf(then.Influence);
    }
}
