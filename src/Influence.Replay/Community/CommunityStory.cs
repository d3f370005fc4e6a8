using System.Collections.Immutable;

namespace Influence.Replay.Community;

/// <summary>Two months in the life of a made-up community: the same seed, the same story.</summary>
internal static class CommunityStory
{
    /// <summary>The interactions, oldest first.</summary>
    /// <param name="seed">Which community.</param>
    /// <param name="count">How many interactions.</param>
    /// <param name="end">The moment up to which they reach, Unix seconds UTC; at least 60 days.</param>
    public static IReadOnlyList<InteractionFields> Tell(int seed, int count, long end)
    {
        var random = new Random(seed);
        var accounts = Population.Make(random);
        var actors = new WeightedPick(accounts, a => a.Activity);
        var acquaintances = new Acquaintances(accounts);
        var facts = new List<InteractionFields>(count);
        while (facts.Count < count)
        {
            var fact = Interact(actors.Next(random), acquaintances, end, random);
            facts.Add(fact);
            // Now and then somebody thinks again. The undo says what it takes back in the same words.
            if (random.Next(200) == 0 && fact.Type is "like" or "follow" && facts.Count < count)
                facts.Add(fact with { Undo = "true", ActorName = null, TargetName = null });
        }

        // Stable, so that an undo stays behind what it undoes.
        return [.. facts.OrderBy(f => f.At)];
    }

    private static InteractionFields Interact(Account actor, Acquaintances acquaintances, long end, Random random)
    {
        var type = TypeMix.Pick(random);
        if (type == "post")
        {
            var topics = Some(actor.Topics, random);
            return new InteractionFields(type, actor.Id, null, end - Rhythm.Pick(actor.IsRising, random))
            {
                ActorName = actor.Name,
                Topics = topics,
                Community = actor.Home,
            };
        }

        var target = acquaintances.TargetOf(actor, random);
        return new InteractionFields(type, actor.Id, target.Id, end - Rhythm.Pick(target.IsRising, random))
        {
            ActorName = actor.Name,
            TargetName = target.Name,
            Object = type is "follow" or "mention" ? null : $"post/{random.Next(1, 400)}",
            Topics = type == "follow" ? [] : Some(target.Topics, random),
            Community = random.Next(4) == 0 ? actor.Home : target.Home,
        };
    }

    private static ImmutableArray<string> Some(int[] topics, Random random) =>
        [.. topics.Take(random.Next(1, topics.Length + 1)).Select(t => Interests.Topics[t])];
}
