namespace Influence.Pipeline.Query;

/// <summary>An answer and how long it may still be kept.</summary>
/// <param name="Value">The answer.</param>
/// <param name="FreshSeconds">For how many seconds more it is as fresh as its <c>max-age</c> promises.</param>
public sealed record Fresh<T>(T Value, int FreshSeconds);

/// <summary>
/// A single-flight cache of answers to readers, exactly as stale as their <c>max-age</c> says.
/// A page in the news costs one read of storage for as long; callers that it serves keep it no longer than that.
/// </summary>
/// <param name="name">What the metric of its lookups calls it.</param>
/// <param name="clock">Tells what has expired.</param>
/// <param name="seconds">How long an answer counts; 0 keeps none, and callers may keep theirs for <paramref name="unkept"/>.</param>
/// <param name="unkept">The seconds that an answer counts for callers where none is kept here.</param>
/// <param name="maxSize">Largest sum of sizes; the least recently used leave first.</param>
/// <param name="sizeOf">An answer's size; 1 each where none is given.</param>
internal sealed class ReadCache<TKey, T>(
    string name,
    TimeProvider clock,
    int seconds,
    int unkept,
    long maxSize,
    Func<T, long>? sizeOf = null
)
    where TKey : notnull
    where T : class
{
    // What was not found is looked for again: it may be there a second later.
    private readonly SingleFlightCache<TKey, Loaded> answers = new(
        clock,
        loaded => loaded.Value is null ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds),
        maxSize,
        loaded => loaded.Value is { } value && sizeOf is not null ? sizeOf(value) : 1
    );

    /// <summary>The answer of a key, loaded where it is not kept; null where there is none.</summary>
    public async Task<Fresh<T>?> GetAsync(TKey key, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
    {
        // Who waits for a load that another began costs storage nothing: a hit.
        var isHit = true;
        var loading = answers.GetAsync(key, LoadAsync, cancellationToken);
        PipelineMetrics.LookedUp(name, isHit);
        var loaded = await loading;
        if (loaded.Value is not { } value)
            return null;
        var age = (int)Math.Ceiling((clock.GetUtcNow() - loaded.At).TotalSeconds);
        return new Fresh<T>(value, seconds == 0 ? unkept : Math.Clamp(seconds - age, 0, seconds));

        async Task<Loaded> LoadAsync(CancellationToken token)
        {
            isHit = false;
            var at = clock.GetUtcNow();
            return new Loaded(await load(token), at);
        }
    }

    private sealed record Loaded(T? Value, DateTimeOffset At);
}
