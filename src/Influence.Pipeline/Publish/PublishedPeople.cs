namespace Influence.Pipeline.Publish;

/// <summary>What publications ask of people: the names that operators gave profiles, and who was erased.</summary>
internal sealed class PublishedPeople(Deployment deployment, Func<CancellationToken, Task<ErasedAccounts>> erasedNow)
{
    private const int ReadsAtATime = 16;

    /// <summary>The operators' names of the profiles that are ranked.</summary>
    public async Task<Func<AccountId, string?>> NamesAsync(LinkedParts linked, CancellationToken cancellationToken)
    {
        if (linked.Profiles.Count == 0)
            return _ => null;
        var store = new ProfileStore(deployment.Profiles, await deployment.AccountKeysAsync(cancellationToken));
        var names = new System.Collections.Concurrent.ConcurrentDictionary<AccountId, string>();
        await Parallel.ForEachAsync(
            linked.Profiles.Keys,
            Parallelism.AtMost(ReadsAtATime, cancellationToken),
            async (profile, token) =>
            {
                if ((await store.FindAsync(profile, token))?.Name is { } name)
                    names[profile] = name;
            }
        );
        return profile => names.GetValueOrDefault(profile);
    }

    /// <summary>Boards without those who were erased since their accounts were ranked.</summary>
    /// <remarks>They still count in the ranks of others, until the next publication.</remarks>
    public async Task<List<(string Name, BoardEdition Edition)>> WithoutErasedAsync(
        List<(string Name, BoardEdition Edition)> boards,
        CancellationToken cancellationToken
    )
    {
        var erased = await erasedNow(cancellationToken);
        if (erased.IsEmpty)
            return boards;
        return [.. boards.Select(b => (b.Name, b.Edition.Without(erased.Has)))];
    }
}
