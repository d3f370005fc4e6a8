namespace Influence.Replay.Community;

/// <summary>Makes the accounts.</summary>
internal static class Population
{
    /// <summary>How many accounts a community has.</summary>
    public const int Size = 5000;

    /// <summary>The accounts of a seed.</summary>
    public static Account[] Make(Random random)
    {
        var handles = new Handles(random);
        return [.. Enumerable.Range(0, Size).Select(number => Make(number, handles, random))];
    }

    // Popularity has the heavier tail: a few are known to everybody, while even the busiest has only so many hours.
    private static Account Make(int number, Handles handles, Random random)
    {
        var network = Networks.Pick(random);
        var handle = handles.Next();
        var (id, home) = Networks.Settle(network, handle, number);
        var topics = Interests.Pick(random);
        return new Account(
            id,
            Handles.NameOf(handle),
            network,
            home,
            topics,
            Pareto(random, 1.1, 800),
            Pareto(random, 1.4, 150),
            random.Next(25) == 0
        );
    }

    // P(X > x) = x^-tail from 1 on, cut at most: one lucky draw must not be the whole community.
    private static double Pareto(Random random, double tail, double most) => Math.Min(most, Math.Pow(1 - random.NextDouble(), -1 / tail));
}

/// <summary>Somebody who does not exist.</summary>
/// <param name="Id">The account, <c>network:handle</c>.</param>
/// <param name="Name">How they are shown.</param>
/// <param name="Network">Where in <see cref="Networks"/> its network stands: people engage within their network.</param>
/// <param name="Home">The community they mostly are in.</param>
/// <param name="Topics">
/// One to three topics they care for, as numbers into <see cref="Interests.Topics"/>; the first is the main one.
/// </param>
/// <param name="Popularity">How much they draw, heavy-tailed.</param>
/// <param name="Activity">How much they do, heavy-tailed.</param>
/// <param name="IsRising">Whether nearly all they get came lately.</param>
internal sealed record Account(
    string Id,
    string Name,
    int Network,
    string Home,
    int[] Topics,
    double Popularity,
    double Activity,
    bool IsRising
);
