namespace Influence.Pipeline.Publish;

/// <summary>An account on its way to a board.</summary>
/// <param name="Account">Who.</param>
/// <param name="Score">S, 1–100.</param>
/// <param name="Influence">V, above 0.</param>
/// <param name="Gain">Points gained over the last 7 days.</param>
/// <param name="Name">How the account is shown; null where no fact says.</param>
/// <remarks>
/// Ordered best first: by the score as shown, then V, then account id; never by name. A total order: a board is the same however it was
/// gathered.
/// </remarks>
internal readonly record struct BoardEntry(AccountId Account, double Score, double Influence, double Gain = 0, string? Name = null)
    : IComparable<BoardEntry>
{
    public int CompareTo(BoardEntry other)
    {
        var order = ScoreHistogram.Hundredths(other.Score).CompareTo(ScoreHistogram.Hundredths(Score));
        if (order == 0)
            order = other.Influence.CompareTo(Influence);
        return order != 0 ? order : Account.CompareTo(other.Account);
    }
}

/// <summary>A board being gathered: the best so far, and a histogram of everyone.</summary>
/// <param name="size">How many of the best it keeps.</param>
internal sealed class Board(int size)
{
    // The worst of the best on top, so that a better one takes its place.
    private static readonly Comparer<BoardEntry> WorstFirst = Comparer<BoardEntry>.Create((a, b) => b.CompareTo(a));
    private readonly PriorityQueue<BoardEntry, BoardEntry> best = new(WorstFirst);

    public ScoreHistogram Histogram { get; } = new();

    /// <summary>The best, in no order.</summary>
    public IEnumerable<BoardEntry> Best => best.UnorderedItems.Select(i => i.Element);

    public void Add(BoardEntry entry)
    {
        Histogram.Add(ScoreHistogram.PlaceOfScore(entry.Score));
        Keep(entry);
    }

    public void Add(ScoreHistogram everyone, IEnumerable<BoardEntry> entries)
    {
        Histogram.Add(everyone);
        foreach (var entry in entries)
            Keep(entry);
    }

    /// <summary>The best, first place first.</summary>
    public List<BoardEntry> Ranked() => [.. Best.Order()];

    private void Keep(BoardEntry entry)
    {
        if (best.Count < size)
            best.Enqueue(entry, entry);
        else
            best.EnqueueDequeue(entry, entry);
    }
}

/// <summary>
/// Gathers all boards of a publication: <c>global</c>, and one for each network, topic and community. Topics and communities are those by
/// which people engaged accounts. On their boards an account stands with its V_people · share (<see cref="PeopleShares"/>). Accounts that
/// are no persons, by their standing, are on none.
/// </summary>
internal sealed class BoardBuilder(InfluenceOptions options)
{
    public const string Global = "global";
    public const string Movers = "movers";

    /// <summary>How many boards are written when all others are out: global and movers. Who sees them can see the others.</summary>
    public const int Last = 2;

    /// <summary>
    /// How many networks have boards, the largest. A network's name is the writer's choice, and so is how many there are.
    /// </summary>
    public const int MaxNetworks = 1000;

    /// <summary>Among how many of the best the movers are looked for.</summary>
    public const int MoversAmong = 10_000;

    private const int MoverDays = 7;

    public Dictionary<string, Board> Boards { get; } =
        new(StringComparer.Ordinal) { [Global] = new Board(Math.Max(options.BoardSize, MoversAmong)) };

    /// <summary>Whether a board is a network's, which is there however few it ranks.</summary>
    public static bool IsNetwork(string name) => name.StartsWith("network:", StringComparison.Ordinal);

    /// <summary>Adds an account to every board it belongs on.</summary>
    /// <param name="account">The account.</param>
    /// <param name="inputs">Its inputs at the boards' moment.</param>
    /// <param name="date">The boards' day.</param>
    public void Add(AccountState account, ScoreInputs inputs, DateOnly date)
    {
        if (inputs.Influence <= 0 || account.Standing != Standing.Member)
            return;
        var entry = EntryOf(account, inputs.Influence) with { Gain = GainOf(account, inputs, date) };
        Boards[Global].Add(entry);
        BoardOf($"network:{account.Account.Network}").Add(entry);
        if (inputs.People <= 0)
            return;
        foreach (var (topic, part) in account.Shares.Topics)
            BoardOf($"topic:{topic}").Add(EntryOf(account, inputs.People * part));
        foreach (var (community, part) in account.Shares.Communities)
            BoardOf($"community:{community}").Add(EntryOf(account, inputs.People * part));
    }

    /// <summary>Adds what another builder gathered.</summary>
    public void Add(PackedBoards part)
    {
        foreach (var (name, everyone, best) in part.Boards)
            BoardOf(name).Add(everyone, best);
    }

    /// <summary>The board of a name, begun if it is new.</summary>
    public Board BoardOf(string name) => Boards.TryGetValue(name, out var board) ? board : Boards[name] = new Board(options.BoardSize);

    /// <summary>The boards that are published; the <see cref="Last"/> ones are to be written last.</summary>
    public List<(string Name, BoardEdition Edition)> Editions(PublicationRun run, DateTimeOffset rankedAt)
    {
        // Anyone may name a topic: only boards with enough accounts, and the largest of those, are published.
        var others = Boards.Where(b => b.Key != Global).ToLookup(b => IsNetwork(b.Key));
        var named = Largest(others[false].Where(b => b.Value.Histogram.Total >= options.MinBoardSize), options.MaxBoards);
        var editions = Largest(others[true], MaxNetworks).Concat(named).Select(b => (b.Key, EditionOf(b.Value)));
        return [.. editions, (Global, EditionOf(Boards[Global])), (Movers, MoversOf(Boards[Global]))];

        BoardEdition EditionOf(Board board) => new(run, rankedAt, board.Histogram, [.. board.Ranked().Take(options.BoardSize)]);

        BoardEdition MoversOf(Board global)
        {
            var moved = global.Ranked().Take(MoversAmong).Where(e => ScoreHistogram.Hundredths(e.Gain) > 0);
            List<BoardEntry> movers = [.. moved.OrderByDescending(e => ScoreHistogram.Hundredths(e.Gain)).ThenBy(e => e)];
            var everyone = new ScoreHistogram();
            foreach (var entry in movers)
                everyone.Add(ScoreHistogram.PlaceOfGain(entry.Gain));
            return new BoardEdition(run, rankedAt, everyone, [.. movers.Take(options.BoardSize)]) { RanksGain = true };
        }
    }

    private static IEnumerable<KeyValuePair<string, Board>> Largest(IEnumerable<KeyValuePair<string, Board>> boards, int count) =>
        boards.OrderByDescending(b => b.Value.Histogram.Total).ThenBy(b => b.Key, StringComparer.Ordinal).Take(count);

    private static BoardEntry EntryOf(AccountState account, double influence) =>
        new(account.Account, account.Policy.ScoreOf(influence), influence, Name: account.Name);

    // Against the end of the day seven days before, as known then.
    private static double GainOf(AccountState account, ScoreInputs inputs, DateOnly date)
    {
        var then = account.InputsAtEndOf(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber - MoverDays);
        return account.Policy.ScoreOf(inputs.Influence) - account.Policy.ScoreOf(then.Influence);
    }
}
