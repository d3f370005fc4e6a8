namespace Influence.Scoring.Facts;

/// <summary>
/// What somebody did. The numbers are stored in ledgers and never change; points are the policy's (<see cref="ScoringPolicy"/>).
/// </summary>
public enum InteractionType
{
    /// <summary>Saw it.</summary>
    View = 1,

    /// <summary>Followed its link.</summary>
    Click = 2,

    /// <summary>Liked it.</summary>
    Like = 3,

    /// <summary>Follows the target from now on.</summary>
    Follow = 4,

    /// <summary>Answered it.</summary>
    Reply = 5,

    /// <summary>Named the target.</summary>
    Mention = 6,

    /// <summary>Passed it on unchanged.</summary>
    Share = 7,

    /// <summary>Passed it on with words of their own.</summary>
    Quote = 8,

    /// <summary>Published something: an actor, no target, no points.</summary>
    Post = 9,
}

/// <summary>The types' names in JSON: lower case.</summary>
public static class InteractionTypes
{
    private static readonly Dictionary<string, InteractionType> ByName = Enum.GetValues<InteractionType>()
        .ToDictionary(t => t.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<InteractionType, string> Names = ByName.ToDictionary(t => t.Value, t => t.Key);

    /// <summary>All names, as refusals list them.</summary>
    public static string All { get; } = string.Join(", ", ByName.Keys);

    /// <summary>The name of a type: <c>like</c>.</summary>
    public static string NameOf(InteractionType type) => Names[type];

    /// <summary>Reads a name, in exactly that case.</summary>
    public static bool TryParse(string name, out InteractionType type) => ByName.TryGetValue(name, out type);
}
