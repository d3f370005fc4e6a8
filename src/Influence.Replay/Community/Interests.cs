namespace Influence.Replay.Community;

/// <summary>What the community talks about and where.</summary>
internal static class Interests
{
    /// <summary>Topics, the most common first.</summary>
    public static readonly string[] Topics =
    [
        "software",
        "climate",
        "music",
        "astronomy",
        "gardening",
        "cycling",
        "photography",
        "history",
        "cooking",
        "games",
        "linguistics",
        "birds",
    ];

    /// <summary>The organisations on the code network.</summary>
    public static readonly string[] Organisations = ["open-weather", "tiny-tools", "map-makers", "paper-lab", "free-fonts"];

    /// <summary>One to three different topics; the n-th is drawn about 1/n as often as the first.</summary>
    public static int[] Pick(Random random)
    {
        int[] topics = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (int)Math.Pow(Topics.Length + 1, random.NextDouble()) - 1)];
        return [.. topics.Distinct()];
    }
}
