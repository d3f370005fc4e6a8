namespace Influence.Pipeline.Recompute;

/// <summary>A lock per account within this process: one writer at a time.</summary>
/// <remarks>Messages that share a hot account would otherwise conflict over and over; across hosts the ETag decides.</remarks>
internal sealed class AccountLock : IDisposable
{
    private readonly SemaphoreSlim[] stripes = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> EnterAsync(ulong key, CancellationToken cancellationToken)
    {
        var stripe = stripes[key % (ulong)stripes.Length];
        await stripe.WaitAsync(cancellationToken);
        return new Turn(stripe);
    }

    public void Dispose() => Array.ForEach(stripes, s => s.Dispose());

    private sealed class Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
