using System.Globalization;

namespace InfluenceFunctions.Tests.Support;

/// <summary>The real interactions, moved in time so that the last is now, as items of the API.</summary>
internal sealed class RealLog
{
    private readonly long shift;

    /// <param name="count">How many, from the first.</param>
    public RealLog(int count)
    {
        var facts = SharedData.Interactions().Take(count).ToList();
        shift = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - facts[^1].At;
        Facts = [.. facts.Where(f => f.Actor != f.Target).Select(f => f with { At = f.At + shift })];
    }

    public IReadOnlyList<Interaction> Facts { get; }

    /// <summary>The moment of the last fact, Unix seconds.</summary>
    public long LastMoment => Facts[^1].At;

    public static string Item(Interaction fact) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"{{NameOf(fact.Type)}}","actor":"{{fact.Actor}}","target":"{{fact.Target}}","at":{{fact.At}}}"""
        );

    private static string NameOf(InteractionType type) =>
        type switch
        {
            InteractionType.Share => "share",
            InteractionType.Mention => "mention",
            _ => "reply",
        };

    /// <summary>Shuffled, every fact twice, in batches of 1 to 1,000.</summary>
    public List<string> Mangled(int seed)
    {
        var random = new Random(seed);
        Interaction[] twice = [.. Facts, .. Facts];
        random.Shuffle(twice);
        var batches = new List<string>();
        for (var at = 0; at < twice.Length; )
        {
            var size = Math.Min(random.Next(1, 1001), twice.Length - at);
            batches.Add(Some.Batch(twice.AsSpan(at, size).ToArray().Select(Item)));
            at += size;
        }

        return batches;
    }

    public List<string> InOrder(int size) => [.. Facts.Chunk(size).Select(c => Some.Batch(c.Select(Item)))];
}
