using System.Text.Json;

namespace Influence.Replay.Resume;

/// <summary>Whether the app still holds what an earlier run posted.</summary>
/// <remarks>Its storage may have been emptied or replaced since.</remarks>
internal static class StorageCheck
{
    private const int MaxAccounts = 5;

    /// <summary>Looks for a few accounts of the first acknowledged request. Waits for the queue before it says no.</summary>
    /// <param name="api">The app.</param>
    /// <param name="batches">All batches of the run.</param>
    /// <param name="progress">What is acknowledged.</param>
    /// <param name="drain">Waits until the queue is empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> HoldsAsync(
        Api api,
        IEnumerable<Batch> batches,
        Progress progress,
        Func<Task> drain,
        CancellationToken cancellationToken
    )
    {
        // Of what was refused nothing is held.
        if (progress.Accepted == 0 || batches.FirstOrDefault(b => progress.Has(b.Number)) is not { } first)
            return true;
        string[] accounts = [.. Targets(first).Distinct().Take(MaxAccounts)];
        if (accounts.Length == 0 || await AnyAsync())
            return true;
        await drain();
        return await AnyAsync();

        async Task<bool> AnyAsync()
        {
            foreach (var account in accounts)
                if (await api.HasAccountAsync(account, cancellationToken))
                    return true;
            return false;
        }
    }

    private static IEnumerable<string> Targets(Batch batch)
    {
        foreach (var line in Lines(batch.Body))
        {
            using var json = JsonDocument.Parse(line);
            if (FactReader.Read(json.RootElement, FactKind.Interactions).Fact is Interaction { Target: { } target })
                yield return target.Value;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> body)
    {
        for (int end; (end = body.Span.IndexOf((byte)'\n')) >= 0; body = body[(end + 1)..])
            yield return body[..end];
    }
}
