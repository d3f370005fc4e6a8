namespace Influence.Replay.Community;

/// <summary>Makes handles up, each once.</summary>
internal sealed class Handles(Random random)
{
    private static readonly string[] First =
    [
        "quiet",
        "amber",
        "little",
        "north",
        "paper",
        "velvet",
        "rusty",
        "lunar",
        "mossy",
        "brave",
        "cloudy",
        "early",
        "copper",
        "gentle",
        "hidden",
        "ivory",
        "jolly",
        "keen",
        "late",
        "misty",
        "noble",
        "olive",
        "plain",
        "rapid",
        "salty",
        "tidal",
        "urban",
        "vivid",
        "windy",
        "young",
    ];

    private static readonly string[] Second =
    [
        "otter",
        "heron",
        "maple",
        "comet",
        "pixel",
        "harbor",
        "kettle",
        "lantern",
        "meadow",
        "nettle",
        "orchid",
        "pebble",
        "quill",
        "raven",
        "sparrow",
        "thistle",
        "umber",
        "violet",
        "walnut",
        "yarrow",
        "badger",
        "cedar",
        "dune",
        "ember",
        "falcon",
        "gable",
        "hazel",
        "island",
        "juniper",
        "kelp",
    ];

    /// <summary>How somebody of a handle is shown: <c>Quiet Otter</c>, <c>Amber Heron 42</c>.</summary>
    public static string NameOf(string handle) => string.Join(' ', handle.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private readonly HashSet<string> taken = [];

    /// <summary>A handle that was not given before, like <c>quiet-otter</c> or <c>amber-heron-42</c>.</summary>
    public string Next()
    {
        while (true)
        {
            var name = $"{First[random.Next(First.Length)]}-{Second[random.Next(Second.Length)]}";
            if (taken.Add(name))
                return name;
            var numbered = $"{name}-{random.Next(2, 1000)}";
            if (taken.Add(numbered))
                return numbered;
        }
    }
}
