namespace Influence.Browser.Tests.Support;

/// <summary>Whom the pages are about in these tests. The network has more accounts than a board keeps places for.</summary>
internal static class People
{
    public const string Network = "crowd";
    public const string Quiet = "quiet";
    public const string Topic = "tea";
    public const string Board = $"network:{Network}";
    public const string TopicBoard = $"topic:{Topic}";

    /// <summary>How many places a board keeps.</summary>
    public const int Places = 1000;

    /// <summary>A profile of three accounts, with a name, a page and a picture.</summary>
    public const string Profile = $"{Network}:ada";

    /// <summary>In the middle of the kept places.</summary>
    public const string InTheMiddle = $"{Network}:member-0500";

    /// <summary>Ranked, but beyond the kept places.</summary>
    public const string BeyondTheTop = $"{Network}:member-0001";

    /// <summary>Engages others and was never engaged.</summary>
    public const string OnlyEngages = $"{Network}:fan-01";

    public const string Bot = $"{Network}:feed-machine";
    public const string NameOfProfile = "Ada Example";
    public const string Script = "<script>alert(1)</script>";
    public const string Handler = "\"><img src=x onerror=alert(2)>";
    public const string Hebrew = "שלום עולם ירושלים";
    public const string Arabic = "مرحبا بالعالم الكبير";
    public const string Emoji = "👩‍👩‍👧‍👦 Familie 🏳️‍🌈 Müller";

    /// <summary>Without a single place to break a line.</summary>
    public static string Long { get; } = string.Concat(Enumerable.Repeat("Wolkenschloß", 9))[..100];

    /// <summary>The accounts with names, best known first.</summary>
    public static IReadOnlyList<(string Id, string Name)> Named { get; } =
    [
        (Profile, "Ada"),
        (Id("script"), Script),
        (Id("handler"), Handler),
        (Id("long"), Long),
        (Id("hebrew"), Hebrew),
        (Id("arabic"), Arabic),
        (Id("emoji"), Emoji),
        (Id(new string('x', 200)), "Xaver"),
        (Id("mira"), "Mira Óvári"),
        (Id("ben"), "Ben"),
        (Id("cleo"), "Cleo"),
        (Id("dan"), "Dan"),
    ];

    private static string Id(string name) => $"{Network}:{name}";
}
