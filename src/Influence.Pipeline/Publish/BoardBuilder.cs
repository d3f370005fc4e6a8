namespace Influence.Pipeline.Publish;

/// <summary>Gathers all boards of a publication.</summary>
/// <remarks>
/// <c>global</c>, those of the running week and month and of newcomers, the same of each network, and one for each topic and community.
/// Topics and communities are those by which people engaged accounts. On their boards an account stands with its V_people · share
/// (<see cref="PeopleShares"/>), on those of a week or month with the V it gained. Accounts that are no persons, by their standing, are on
/// none.
/// </remarks>
internal sealed class BoardBuilder
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
    private readonly InfluenceOptions options;
    private readonly PeriodBoards all;
    private readonly Dictionary<string, PeriodBoards> networks = new(StringComparer.Ordinal);

    public BoardBuilder(InfluenceOptions options)
    {
        this.options = options;
        all = new PeriodBoards(
            Boards[Global] = new Board(Math.Max(options.BoardSize, MoversAmong)),
            BoardOf(Week),
            BoardOf(Month),
            BoardOf(Newcomers)
        );
    }

    public Dictionary<string, Board> Boards { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a board is a network's, which is there however few it ranks.</summary>
    public static bool IsNetwork(string name) => name.StartsWith(NetworkPrefix, StringComparison.Ordinal);

    /// <summary>What accounts of profiles bring; ranked by <see cref="LinkedParts.RankOn"/>.</summary>
    public LinkedParts Linked { get; } = new();

    /// <summary>Adds an account to every board it belongs on; one of a profile waits for the others.</summary>
    /// <param name="account">The account.</param>
    /// <param name="inputs">Its inputs at the boards' moment.</param>
    /// <param name="at">The boards' day and moment.</param>
    /// <param name="erased">Who was erased: a profile is named by the first account that was not.</param>
    public void Add(AccountState account, ScoreInputs inputs, BoardMoment at, ErasedAccounts erased)
    {
        var isMember = account.Standing == Standing.Member;
        if (account.Link is { } link)
            Linked.Add(
                link.Accounts.First(a => !erased.Has(a)),
                new LinkedPart(account.Account.Network, BoardPart.Of(account, inputs, at), isMember)
            );
        else if (inputs.Influence > 0 && isMember)
        {
            var part = BoardPart.Of(account, inputs, at);
            AddToAll(account.Account, part);
            Add(OfNetwork(NetworkOf(account.Account)), account.Account, part);
        }
    }

    /// <summary>Adds an entry to the boards of all networks.</summary>
    /// <param name="id">Who.</param>
    /// <param name="part">What it brings.</param>
    public void AddToAll(AccountId id, BoardPart part)
    {
        if (part.Influence <= 0)
            return;
        Add(all, id, part);
        foreach (var (board, influence) in part.Named)
            BoardOf(board).Add(EntryOf(id, influence, part), part.Trend);
    }

    /// <summary>Adds an entry to the boards of one network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="id">Who.</param>
    /// <param name="part">What it brings there.</param>
    public void AddToNetwork(string network, AccountId id, BoardPart part)
    {
        if (part.Influence > 0)
            Add(OfNetwork(network), id, part);
    }

    private static void Add(PeriodBoards boards, AccountId id, BoardPart part)
    {
        var entry = EntryOf(id, part.Influence, part);
        entry = entry with { Gain = entry.Score - ScoringPolicy.Current.ScoreOf(part.Before) };
        boards.Whole.Add(entry, part.Trend);
        AddGain(boards.Week, part.InWeek);
        AddGain(boards.Month, part.InMonth);
        if (part.IsNew)
            boards.Newcomers.Add(entry, part.Trend);

        // What shows as nothing is no gain.
        void AddGain(Board board, double gain)
        {
            if (gain > 0 && EntryOf(id, gain, part) is var gained && ScoreHistogram.PlaceOfScore(gained.Score) > 0)
                board.Add(gained, part.Trend);
        }
    }

    private static BoardEntry EntryOf(AccountId id, double influence, BoardPart named) =>
        new(
            id,
            ScoringPolicy.Current.ScoreOf(influence),
            influence,
            Name: named.Name,
            NamedBy: named.NamedBy == id ? null : named.NamedBy?.Value
        );

    /// <summary>Adds what another builder gathered.</summary>
    public void Add(PackedBoards part)
    {
        foreach (var (name, everyone, best) in part.Boards)
            BoardOf(name).Add(everyone, best);
        foreach (var (profile, linked) in part.Linked)
            Linked.Add(profile, linked);
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
    private static ReadOnlySpan<char> NetworkOf(AccountId id) =>
        id.Value.AsSpan(0, Math.Max(0, id.Value.IndexOf(':', StringComparison.Ordinal)));

    private PeriodBoards OfNetwork(ReadOnlySpan<char> network)
    {
        if (networks.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(network, out var known))
            return known;
        var name = network.ToString();
        return networks[name] = new PeriodBoards(
            BoardOf(NetworkPrefix + name),
            BoardOf(Of(Week, name)),
            BoardOf(Of(Month, name)),
            BoardOf(Of(Newcomers, name))
        );
    }

    private sealed record PeriodBoards(Board Whole, Board Week, Board Month, Board Newcomers);
}
