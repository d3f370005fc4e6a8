namespace Influence.Replay.Community;

/// <summary>Who engages with whom: mostly acquaintances, else somebody popular with the same interest.</summary>
internal sealed class Acquaintances
{
    private readonly Dictionary<string, List<Account>> known = [];
    private readonly WeightedPick[] popular;
    private readonly WeightedPick?[,] popularByTopic = new WeightedPick?[Networks.Count, Interests.Topics.Length];

    /// <summary>Prepares the draws.</summary>
    public Acquaintances(Account[] accounts)
    {
        popular =
        [
            .. Enumerable.Range(0, Networks.Count).Select(n => new WeightedPick(accounts.Where(a => a.Network == n), a => a.Popularity)),
        ];
        foreach (var circle in accounts.GroupBy(a => (a.Network, Topic: a.Topics[0])))
            popularByTopic[circle.Key.Network, circle.Key.Topic] = new WeightedPick(circle, a => a.Popularity);
    }

    /// <summary>Somebody other than the actor, on the same network.</summary>
    public Account TargetOf(Account actor, Random random)
    {
        var friends = known.TryGetValue(actor.Id, out var list) ? list : known[actor.Id] = [];
        if (friends.Count > 0 && random.NextDouble() < 0.45)
            return friends[random.Next(friends.Count)];
        while (true)
        {
            var topic = actor.Topics[random.Next(actor.Topics.Length)];
            var circle = random.NextDouble() < 0.6 ? popularByTopic[actor.Network, topic] : null;
            var target = (circle is { Count: > 1 } ? circle : popular[actor.Network]).Next(random);
            if (target == actor)
                continue;
            friends.Add(target);
            return target;
        }
    }
}
