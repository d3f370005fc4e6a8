namespace InfluenceFunctions.OpenApi;

/// <summary>Every call of the API: the one list that its description is made of.</summary>
/// <remarks>
/// A new call is one entry in the file of its group; tests hold the list against the triggers, the docs and the app's real answers.
/// </remarks>
internal static class Catalogue
{
    /// <summary>The group of HEAD, which every public read takes as well.</summary>
    public const string HeadTag = "HEAD";

    /// <summary>The groups, in the order that they are shown in.</summary>
    public static IReadOnlyList<(string Tag, string Description)> Tags { get; } =
    [
        (IngestCalls.Tag, "Facts in: interactions, counts, deliveries of social tools. They need a function key."),
        (ScoreCalls.Tag, "Scores out. Readers need no key."),
        (BoardCalls.Tag, "Leaderboards. Readers need no key."),
        (ProfileCalls.Tag, "Profiles and accounts, for operators. They need the admin key, and are noted in the audit."),
        (OperationCalls.Tag, "Operations, for operators. They need the admin key."),
        (ServiceCalls.Tag, "The app itself."),
        (HeadTag, "The public reads without their bodies."),
    ];

    /// <summary>The calls, in the order that they are shown in.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. IngestCalls.All,
        .. WebhookCalls.All,
        .. ScoreCalls.All,
        .. BoardCalls.All,
        .. ProfileCalls.All,
        .. OperationCalls.All,
        .. ServiceCalls.All,
    ];
}
