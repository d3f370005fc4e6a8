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
/// Gathers all boards of a publication: <c>global</c>, those of the running week and month and of newcomers, the same of each network, and
/// one for each topic and community. Topics and communities are those by which people engaged accounts. On their boards an account stands
/// with its V_people · share (<see cref="PeopleShares"/>), on those of a week or month with the V it gained. Accounts that are no persons,
/// by their standing, are on none.
/// </summary>
internal sealed class BoardBuilder(InfluenceOptions options)
{
    public const string Global = "global";
    public const string Movers = "movers";
    public const string Week = "week";
    public const string Month = "month";
    public const string Newcomers = "newcomers";

    /// <summary>How many boards are written when all others are out: global and movers. Who sees them can see the others.</summary>
    public const int Last = 2;

    /// <summary>
    /// How many networks have boards, the largest. A network's name is the writer's choice, and so is how many there are.
    /// </summary>
    public const int MaxNetworks = 1000;

    /// <summary>Among how many of the best the movers are looked for.</summary>
    public const int MoversAmong = 10_000;

    private const string NetworkPrefix = "network:";
    private static readonly string[] Periods = [Week, Month, Newcomers];
    private readonly Dictionary<string, NetworkBoards> networks = new(StringComparer.Ordinal);

    public Dictionary<string, Board> Boards { get; } =
        new(StringComparer.Ordinal)
        {
            [Global] = new Board(Math.Max(options.BoardSize, MoversAmong)),
            [Week] = new Board(options.BoardSize),
            [Month] = new Board(options.BoardSize),
            [Newcomers] = new Board(options.BoardSize),
        };

    /// <summary>Whether a board is a network's, which is there however few it ranks.</summary>
    public static bool IsNetwork(string name) => name.StartsWith(NetworkPrefix, StringComparison.Ordinal);

    /// <summary>Adds an account to every board it belongs on.</summary>
    /// <param name="account">The account.</param>
    /// <param name="inputs">Its inputs at the boards' moment.</param>
    /// <param name="at">The boards' day and moment.</param>
    public void Add(AccountState account, ScoreInputs inputs, BoardMoment at)
    {
        if (inputs.Influence > 0 && account.Standing == Standing.Member)
            Add(account.Account, BoardPart.Of(account, inputs, at), account.Policy);
    }

    /// <summary>Adds an entry to every board it belongs on.</summary>
    /// <param name="id">Who.</param>
    /// <param name="part">What it brings.</param>
    /// <param name="policy">The policy of its scores.</param>
    public void Add(AccountId id, BoardPart part, ScoringPolicy policy)
    {
        var entry = EntryOf(part.Influence);
        entry = entry with { Gain = entry.Score - policy.ScoreOf(part.Before) };
        var own = OfNetwork(id);
        Boards[Global].Add(entry);
        own.Network.Add(entry);
        AddGain(part.InWeek, Boards[Week], own.Week);
        AddGain(part.InMonth, Boards[Month], own.Month);
        if (part.IsNew)
        {
            Boards[Newcomers].Add(entry);
            own.Newcomers.Add(entry);
        }

        foreach (var (board, influence) in part.Named)
            BoardOf(board).Add(EntryOf(influence));

        BoardEntry EntryOf(double influence) => new(id, policy.ScoreOf(influence), influence, Name: part.Name);

        // What shows as nothing is no gain.
        void AddGain(double gain, Board all, Board ofNetwork)
        {
            if (gain <= 0 || EntryOf(gain) is var gained && ScoreHistogram.PlaceOfScore(gained.Score) == 0)
                return;
            all.Add(gained);
            ofNetwork.Add(gained);
        }
    }

    /// <summary>Adds what another builder gathered.</summary>
    public void Add(PackedBoards part)
    {
        foreach (var (name, everyone, best) in part.Boards)
            BoardOf(name).Add(everyone, best);
    }

    /// <summary>The board of a name, begun if it is new.</summary>
    public Board BoardOf(string name) =>
        Boards.TryGetValue(name, out var board)
            ? board
            : Boards[name] = new Board(IsNetwork(name) ? Math.Max(options.BoardSize, MoversAmong) : options.BoardSize);

    /// <summary>The boards that are published; the <see cref="Last"/> ones are to be written last.</summary>
    public List<(string Name, BoardEdition Edition)> Editions(PublicationRun run, DateTimeOffset rankedAt)
    {
        // Anyone may name a topic: only boards with enough accounts, and the largest of those, are published.
        var named = Boards.Where(b =>
            b.Key.StartsWith("topic:", StringComparison.Ordinal) || b.Key.StartsWith("community:", StringComparison.Ordinal)
        );
        var largest = Largest(named.Where(b => b.Value.Histogram.Total >= options.MinBoardSize), options.MaxBoards);
        return
        [
            .. Largest(Boards.Where(b => IsNetwork(b.Key)), MaxNetworks).SelectMany(b => OfNetworkBoard(b.Key, b.Value)),
            .. largest.Select(b => (b.Key, EditionOf(b.Value))),
            .. Periods.Select(p => (p, EditionOf(Boards[p]))),
            (Global, EditionOf(Boards[Global])),
            (Movers, MoversOf(Boards[Global])),
        ];

        BoardEdition EditionOf(Board board) => new(run, rankedAt, board.Histogram, [.. board.Ranked().Take(options.BoardSize)]);

        IEnumerable<(string, BoardEdition)> OfNetworkBoard(string name, Board board)
        {
            var network = name[NetworkPrefix.Length..];
            return
            [
                (name, EditionOf(board)),
                (Of(Movers, network), MoversOf(board)),
                .. Periods.Select(p => (Of(p, network), EditionOf(BoardOf(Of(p, network))))),
            ];
        }

        BoardEdition MoversOf(Board among)
        {
            var moved = among.Ranked().Take(MoversAmong).Where(e => ScoreHistogram.Hundredths(e.Gain) > 0);
            List<BoardEntry> movers = [.. moved.OrderByDescending(e => ScoreHistogram.Hundredths(e.Gain)).ThenBy(e => e)];
            var everyone = new ScoreHistogram();
            foreach (var entry in movers)
                everyone.Add(ScoreHistogram.PlaceOfGain(entry.Gain));
            return new BoardEdition(run, rankedAt, everyone, [.. movers.Take(options.BoardSize)]) { RanksGain = true };
        }
    }

    private static string Of(string board, string network) => $"{board}:{network}";

    private static IEnumerable<KeyValuePair<string, Board>> Largest(IEnumerable<KeyValuePair<string, Board>> boards, int count) =>
        boards.OrderByDescending(b => b.Value.Histogram.Total).ThenBy(b => b.Key, StringComparer.Ordinal).Take(count);

    // An account's network is looked up without a text of its own.
    private NetworkBoards OfNetwork(AccountId id)
    {
        var network = id.Value.AsSpan(0, Math.Max(0, id.Value.IndexOf(':', StringComparison.Ordinal)));
        if (networks.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(network, out var known))
            return known;
        var name = network.ToString();
        return networks[name] = new NetworkBoards(
            BoardOf(NetworkPrefix + name),
            BoardOf(Of(Week, name)),
            BoardOf(Of(Month, name)),
            BoardOf(Of(Newcomers, name))
        );
    }

    private sealed record NetworkBoards(Board Network, Board Week, Board Month, Board Newcomers);
}
