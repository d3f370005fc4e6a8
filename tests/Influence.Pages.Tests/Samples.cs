namespace Influence.Pages.Tests;

/// <summary>Models for pages: ordinary ones, and what is hostile or extreme.</summary>
internal static class Samples
{
    public const string Script = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>";
    public const string Rtl = "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD (\u0645\u0631\u062D\u0628\u0627)";
    public const string Emoji = "👩‍👩‍👧‍👦 Ada 🏳️‍🌈 \u202Eevil";

    public static readonly string Long = string.Concat(Enumerable.Repeat("Ünbröken🎉", 10))[..100];
    public static readonly DateOnly Today = new(2026, 11, 26);
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 30, 0, TimeSpan.Zero);

    public static readonly string?[] Names = ["Ada Lovelace", null, "Mira Söderström", Script, Rtl, Emoji, Long, "李小龍", "नमस्ते", ""];
    public static readonly string[] Ids =
    [
        "github:ada",
        "fediverse:mira@mastodon.example",
        "discourse:forum.example.org/mira",
        "bluesky:did:plc:abc%2Fdef",
        "hy:שלום",
        "x:12",
        "github:" + new string('l', 256),
        "slack:T012AB/U034CD",
        "hy:a?b#c&d=e",
        "hy:\"><b>",
    ];

    public static PolicyReport Policy { get; } =
        new(
            1,
            new(2026, 1, 1),
            "The first policy.",
            new Dictionary<string, double>
            {
                ["view"] = 0.02,
                ["click"] = 0.5,
                ["like"] = 1,
                ["follow"] = 2,
                ["reply"] = 3,
                ["mention"] = 3,
                ["share"] = 4,
                ["quote"] = 5,
                ["post"] = 0,
            },
            30,
            2,
            10,
            3,
            0.005,
            0.05,
            99.0 / 8,
            90,
            400,
            300,
            180,
            [
                new(
                    "github",
                    "a login; `host/login` on a server of one's own",
                    "lower case, no leading `@`, `a-z 0-9 - _ .`",
                    "github:octocat"
                ),
                new("fediverse", "user@host", "lower case, the host in ASCII (IDNA)", "fediverse:mira@mastodon.example"),
            ],
            [
                new("creating", "Posts ≥ shares.", "sharing"),
                new("participating", "Posts + shares + replies ≥ likes.", "listening"),
                new("focused", "At most 3 topics.", "broad"),
                new("consistent", "Active on at least 14 of the 28 days.", "casual"),
            ]
        );

    public static BoardPage Board(string name = "global", int rows = 100, bool trends = true, DateOnly? before = null) =>
        new(name, Today, Now, 4321, "0123456789abcdef", [.. Enumerable.Range(0, rows).Select(i => Row(i, trends))])
        {
            Before = before ?? Today.AddDays(-1),
        };

    public static BoardModel BoardOf(BoardPage page) =>
        new(
            page,
            1,
            null,
            $"/boards/{PathId.Write(page.Board)}?date=2026-11-26&cursor=100-0123",
            true,
            Today.AddDays(-1),
            null,
            null,
            null,
            null
        );

    public static BoardRow Row(int i, bool trend = true)
    {
        var score = 58.4 - 0.41 * i;
        return new BoardRow(
            i + 1,
            i < Ids.Length ? Ids[i] : $"github:person-{i}",
            score,
            100.0 / (i + 1),
            (i % 7 - 3) * 0.37,
            i % 5 - 2,
            NameOf(i)
        )
        {
            Trend = trend ? [.. Enumerable.Range(0, i == 3 ? 1 : 30).Select(d => score + Math.Sin(d * 0.4 + i) * (i % 9))] : [],
        };
    }

    public static ScoreCard Card(string id = "github:ada", string? name = "Ada Lovelace") =>
        new(id, name, 28.4150, 15.2345, 31.75, 0.4147, 1.1286, 0.37, new(0.1341, -0.804, 2.5), 12, 98.4, true, 1, new(321, 48, 63), Now)
        {
            Accounts = ["github:ada", "fediverse:ada@mastodon.example", "hy:שלום"],
            Url = "https://ada.example.org/me",
            Style = new("regular specialist author", true, true, true, true, 12, 5, 31, 1, 2.31, 17),
            EngagesBack = 7,
            Makeup = new(
                [new("under 10", 21), new("10–20", 14), new("20–30", 8), new("30–40", 4), new("40–50", 1), new("50 and more", 0)],
                0.634,
                "By their own score …",
                "It more than doubled."
            ),
        };

    public static ScoreCard Nobody { get; } =
        new("hy:nobody", null, 1, 0, 0, 0, 0, 0, new(0, 0, -0.0001), null, null, null, 1, new(0, 0, 0), Now);

    public static ScoreCard OnlyEngages { get; } =
        Nobody with
        {
            OnlyEngages = true,
            Activity = new(1, 2, 3, 4, 50, 1234, 9, ["rust", "<b>", "שלום"]),
        };

    public static ProfileModel Profile(ScoreCard? card = null, int days = 90) =>
        new(card ?? Card(), ExplanationOf(card ?? Card()), History(days), Today.AddDays(-7), 90);

    public static ScoreHistory History(int days) =>
        new(
            "github:ada",
            Now,
            1,
            [
                .. Enumerable
                    .Range(0, days)
                    .Select(i => new ScoreOfDay(
                        Today.AddDays(i - days + 1),
                        24 + 4 * Math.Sin(i / 9.0) + i / 40.0,
                        10,
                        20,
                        0.5,
                        1,
                        0.2,
                        i % 4 != 0 ? true : null
                    )),
            ]
        );

    public static Explanation ExplanationOf(ScoreCard card) =>
        new(
            card.Id,
            Now,
            1,
            new(card.Score, card.Influence, card.Reach, card.Depth, card.Voice, card.Influence - card.Audience, card.Audience),
            new(
                new Dictionary<string, double> { ["github:ada"] = 0.7, ["fediverse:ada@mastodon.example"] = 0.3 },
                new Dictionary<string, double>
                {
                    ["share"] = 0.5,
                    ["reply"] = 0.3,
                    ["like"] = 0.1996,
                    ["wave"] = 0.0003,
                    ["other"] = 0.0001,
                },
                new Dictionary<string, double>
                {
                    ["rust"] = 0.6,
                    [Script] = 0.2,
                    ["other"] = 0.2,
                },
                new Dictionary<string, double> { [Rtl] = 1 }
            ),
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(i => new ExplainedPerson(
                        i < Ids.Length ? Ids[i] : $"github:p{i}",
                        1.9 / (i + 1),
                        0.12 / (i + 1),
                        [new(4.5, Now.AddHours(-i), 0.6923, 0.99, 1.2, 1.9 / (i + 1))]
                    )
                    {
                        Name = NameOf(i),
                    }),
            ],
            new(321, 48, 30, 63, 26.91),
            new(Today.AddDays(-7), -0.804, -1.6584, 1.5543, -0.4806, 0.7189, -0.9382, 0, new(29.219, 16, 33, 0.4, 1.2, 15.8, 0.2)),
            [new("github:ada", 10, 0.3, 0.1, 11, -0.05), new("fediverse:ada@mastodon.example", 4.5, 0, 0.2, 4.6, 0)],
            Sentences
        )
        {
            Name = card.Name,
        };

    /// <summary>Sentences as the scoring writes them.</summary>
    public static IReadOnlyList<ExplainedSentence> Sentences { get; } =
    [
        Sentence(
            "score",
            "score",
            "The score is 28.42. It stands for an influence of 15.23, counted in people who engaged lately.",
            ("score", 28.415),
            ("influence", 15.2345)
        ),
        Sentence(
            "coverage",
            "coverage",
            "It rests on 321 interactions of 48 people on 63 days. Without the one who counts most it would be 26.91.",
            ("interactions", 321),
            ("people", 48),
            ("days", 63),
            ("without", 26.91)
        ),
        Sentence(
            "reach",
            "reach_recent",
            "30 people engaged in the last 30 days, of 48 in all. By how lately each did they count as 31.75.",
            ("recent", 30),
            ("people", 48),
            ("reach", 31.75)
        ),
        Sentence("voice", "voice_full", "Their own voices carry 1.13 times a newcomer's on average.", ("voice", 1.1286)),
        Sentence("audience", "unheard_of", "A sentence that only English has.", ("audience", 0.37)),
        Sentence("change", "change_down", "Since the end of 2026-11-19 it moved by −0.80 points.", ("points", -0.804)),
        Sentence("change", "change_reach_down", "−1.66: fewer people were reached lately.", ("points", -1.6584)),
    ];

    private static ExplainedSentence Sentence(string about, string code, string text, params (string Name, double Value)[] numbers) =>
        new(about, code, text, numbers.ToDictionary(n => n.Name, n => n.Value));

    private static string? NameOf(int i) => i < Names.Length ? (Names[i] is "" ? null : Names[i]) : $"Person Number {i}";
}
