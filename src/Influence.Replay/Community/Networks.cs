namespace Influence.Replay.Community;

/// <summary>The networks of the community. Handles end in <c>.example</c> or carry a number: nobody is called that.</summary>
internal static class Networks
{
    private static readonly string[] Instances = ["fern.example", "harbour.example", "commons.example", "lichen.example"];

    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>Which one somebody is on: 5 in 10, 3 in 10, 2 in 10.</summary>
    public static int Pick(Random random) =>
        random.Next(10) switch
        {
            < 5 => 0,
            < 8 => 1,
            _ => 2,
        };

    /// <summary>An account's id and the community it is at home in.</summary>
    public static (string Id, string Home) Settle(int network, string handle, int number)
    {
        var instance = Instances[number % Instances.Length];
        return network switch
        {
            0 => ($"mastodon:{handle}@{instance}", instance),
            1 => ($"github:{handle}-{number}", Interests.Organisations[number % Interests.Organisations.Length]),
            _ => ($"bluesky:{handle}.example", "bluesky"),
        };
    }
}
