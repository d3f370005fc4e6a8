namespace InfluenceFunctions.Webhooks;

/// <summary>Makes facts of a translation: what is to be remembered or taken back by key goes through <see cref="Activities"/>.</summary>
public sealed class WebhookFacts(Activities activities)
{
    private const int KeysAtATime = 16;

    internal async Task<IReadOnlyList<IncomingFact>> OfAsync(string source, Translation translation, CancellationToken cancellationToken)
    {
        var facts = new IReadOnlyList<IncomingFact>[translation.Items.Count];
        // A key's items in their order, different keys side by side: a large delivery holds a thousand.
        var keyed = translation.Items.Index().GroupBy(i => KeyOf(i.Item));
        await Parallel.ForEachAsync(
            keyed,
            new ParallelOptions { MaxDegreeOfParallelism = KeysAtATime, CancellationToken = cancellationToken },
            async (items, each) =>
            {
                foreach (var (place, item) in items)
                    facts[place] = await OfAsync(source, item, each);
            }
        );
        return [.. facts.SelectMany(f => f)];
    }

    private async Task<IReadOnlyList<IncomingFact>> OfAsync(string source, TranslatedItem item, CancellationToken cancellationToken) =>
        item switch
        {
            TakeFact take => [IncomingFact.Of(take.Index, take.Fact)],
            RefusedItem refused => [new IncomingFact(refused.Index, refused.Id, null, refused.Refusal)],
            RememberFacts remember => Of(
                item,
                await activities.RememberAsync($"{source}|{remember.Key}", remember.Interactions, cancellationToken)
            ),
            TakeBack takeBack => Of(item, await activities.TakeBackAsync($"{source}|{takeBack.Key}", takeBack.At, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(item), item.GetType(), "Not a kind of item."),
        };

    private static IReadOnlyList<IncomingFact> Of(TranslatedItem item, IReadOnlyList<Fact> facts) =>
        [.. facts.Select(f => IncomingFact.Of(item.Index, f))];

    private static string KeyOf(TranslatedItem item) =>
        item switch
        {
            RememberFacts remember => remember.Key,
            TakeBack takeBack => takeBack.Key,
            _ => "",
        };
}
