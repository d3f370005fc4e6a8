using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Influence.Pages.Tests;

/// <summary>Every kind of page, rendered and parsed.</summary>
internal static class Pages
{
    public const string BasePath = "/influence";
    public const string PublicRoot = "https://scores.example.org/influence";

    public static PageRenderer Renderer { get; } = new();

    /// <summary>Every page by a name, in a language.</summary>
    public static IReadOnlyDictionary<string, Func<PageContext, Task<byte[]>>> All { get; } =
        new Dictionary<string, Func<PageContext, Task<byte[]>>>
        {
            ["home"] = c => Renderer.HomeAsync(new(Boards, Samples.Board(rows: 5), null, null), c),
            ["home before anything"] = c => Renderer.HomeAsync(new([], null, null, null), c),
            ["home with many boards"] = c => Renderer.HomeAsync(new(ManyBoards, Samples.Board(rows: 5), null, null), c),
            ["search"] = c => Renderer.HomeAsync(new(Boards, null, Samples.Script, [Samples.Row(3)]), c),
            ["search without result"] = c => Renderer.HomeAsync(new([], null, Samples.Rtl, null), c),
            ["board"] = c => Renderer.BoardAsync(Samples.BoardOf(Samples.Board()), c),
            ["board of movers"] = c => Renderer.BoardAsync(Samples.BoardOf(Samples.Board("movers:github", 7)), c),
            ["board of a week"] = c => Renderer.BoardAsync(Samples.BoardOf(Samples.Board("week", 3, trends: false)), c),
            ["board of a hostile topic"] = c => Renderer.BoardAsync(Samples.BoardOf(Samples.Board("topic:" + Samples.Script, 2)), c),
            ["board of a kind unheard of"] = c => Renderer.BoardAsync(Samples.BoardOf(Samples.Board("odd", 1)), c),
            ["empty board"] = c => Renderer.BoardAsync(Samples.BoardOf(Samples.Board("community:" + Samples.Rtl, 0)), c),
            ["board past its end"] = c => Renderer.BoardAsync(PastEnd, c),
            ["board with somebody erased"] = c => Renderer.BoardAsync(WithErased, c),
            ["board around"] = c => Renderer.BoardAsync(Around, c),
            ["board around nobody"] = c => Renderer.BoardAsync(Around with { Around = null, AroundProblem = "not_ranked" }, c),
            ["board around a bad id"] = c => Renderer.BoardAsync(Around with { Around = null, AroundProblem = "invalid_account" }, c),
            ["board around beyond its top"] = c =>
                Renderer.BoardAsync(Around with { Around = Around.Around! with { Rows = [], NoRows = "beyond_top" } }, c),
            ["profile"] = c => Renderer.ProfileAsync(Samples.Profile(), c),
            ["profile of nobody yet"] = c => Renderer.ProfileAsync(new(Samples.Nobody, null, null, Samples.Today.AddDays(-7), 90), c),
            ["profile with a hostile name"] = c => Renderer.ProfileAsync(Samples.Profile(Samples.Card(Samples.Ids[9], Samples.Script)), c),
            ["profile with a right-to-left name"] = c =>
                Renderer.ProfileAsync(Samples.Profile(Samples.Card(Samples.Ids[4], Samples.Rtl), 2), c),
            ["profile with emoji"] = c => Renderer.ProfileAsync(Samples.Profile(Samples.Card(Samples.Ids[8], Samples.Emoji), 1), c),
            ["profile with a long name"] = c => Renderer.ProfileAsync(Samples.Profile(Samples.Card(Samples.Ids[6], Samples.Long), 0), c),
            ["profile without a badge"] = c => Renderer.ProfileAsync(Samples.Profile(Samples.Card(name: null) with { Badge = false }), c),
            ["profile of a bot"] = c => Renderer.ProfileAsync(Samples.Profile(Bot), c),
            ["profile that only engages"] = c =>
                Renderer.ProfileAsync(new(Samples.OnlyEngages, null, null, Samples.Today.AddDays(-7), 90), c),
            ["how"] = c => Renderer.HowAsync(new(Samples.Policy, Calculator.Read(Calculator.Example, Samples.Policy)), c),
            ["how with nonsense"] = c => Renderer.HowAsync(new(Samples.Policy, Calculator.Read(Nonsense, Samples.Policy)), c),
            ["policy"] = c => Renderer.PolicyAsync(Samples.Policy, c),
            ["embed"] = c => Renderer.EmbedAsync(Samples.Card(), c),
            ["embed of a hostile name"] = c => Renderer.EmbedAsync(Samples.Card(Samples.Ids[9], Samples.Script), c),
            ["no card"] = Renderer.NoCardAsync,
            ["closed to readers"] = c => Renderer.ProblemAsync(new(401, "key_required", null, null), c),
            ["unknown profile"] = c => Renderer.ProblemAsync(new(404, "unknown_profile", Samples.Script, null), c),
            ["unknown board"] = c => Renderer.ProblemAsync(new(404, "unknown_leaderboard", "topic:rust", []), c),
            ["board of no such day"] = c => Renderer.ProblemAsync(new(404, "unknown_leaderboard", "topic:c#", ManyDays), c),
        };

    public static PageContext Context(string language = "en", string path = "/boards/global?date=2026-11-26") =>
        new(BasePath, PublicRoot, path, language);

    public static async Task<IHtmlDocument> ParseAsync(string page, PageContext? context = null) =>
        Parse(await All[page](context ?? Context()));

    public static IHtmlDocument Parse(byte[] bytes) => new HtmlParser().ParseDocument(Encoding.UTF8.GetString(bytes));

    private static BoardDays[] Boards =>
        [
            .. new[]
            {
                "global",
                "movers",
                "week",
                "month",
                "newcomers",
                "network:github",
                "week:github",
                "topic:" + Samples.Script,
                "community:x",
                "odd",
            }.Select(b => new BoardDays(b, Samples.Today, [Samples.Today.AddDays(-1), Samples.Today])),
        ];

    private static BoardDays[] ManyBoards =>
        [
            .. Boards,
            .. Enumerable.Range(0, 5000).Select(i => new BoardDays($"{Kinds[i % Kinds.Length]}:name-{i}", Samples.Today, [Samples.Today])),
        ];

    private static readonly string[] Kinds = ["topic", "community", "network", "odd"];

    private static BoardModel PastEnd =>
        Samples.BoardOf(Samples.Board(rows: 0)) with
        {
            First = 5001,
            PreviousPage = "/boards/global?date=2026-11-26&cursor=4900-0123",
            NextPage = null,
        };

    // Searched for, too: next to the place that is asked for is one who was erased.
    private static BoardModel WithErased =>
        Around with
        {
            Page = Samples.Board(rows: 3) with { Rows = [Samples.Row(0), Erased, Samples.Row(2)] },
            Around = Around.Around! with { Rows = [Samples.Row(0), Erased] },
        };

    private static BoardRow Erased => Samples.Row(1) with { Id = "erased", Trend = [] };

    private static BoardModel Around =>
        Samples.BoardOf(Samples.Board(rows: 10)) with
        {
            IsLatest = false,
            First = 101,
            PreviousPage = "/boards/global?date=2026-11-26&cursor=0",
            Later = Samples.Today.AddDays(1),
            AroundQuery = Samples.Script,
            Around = new("global", Samples.Today, Samples.Now, 4321, "github:ada", 1, 100, [Samples.Row(0), Samples.Row(1)], true),
        };

    private static ScoreCard Bot => Samples.Card() with { Standing = "bot", Rank = null, Percentile = null, Provisional = null };

    private static Dictionary<string, string?> Nonsense =>
        new()
        {
            ["points1"] = Samples.Script,
            ["days1"] = "-1",
            ["vote1"] = "1e9",
            ["followers"] = "NaN",
        };

    private static DateOnly[] ManyDays => [.. Enumerable.Range(0, 400).Select(i => Samples.Today.AddDays(-i))];
}
