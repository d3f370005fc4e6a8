namespace Influence.Replay.Sending;

/// <summary>Posts the batches that were not acknowledged yet, a few at a time.</summary>
internal sealed class Poster(Api api, Progress progress, ReplayOptions options, TimeProvider clock)
{
    /// <summary>Posts; when it is told to stop, what is in flight is still acknowledged.</summary>
    /// <param name="batches">All batches of the run.</param>
    /// <param name="total">How many facts they hold together.</param>
    /// <param name="show">Shows how many facts are acknowledged, and says so.</param>
    /// <param name="cancellationToken">Begins no further request.</param>
    public async Task PostAsync(IEnumerable<Batch> batches, long total, Action<long, string> show, CancellationToken cancellationToken)
    {
        var (began, before) = (clock.GetTimestamp(), progress.Facts);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(
                batches.Where(b => !progress.Has(b.Number)),
                limits,
                async (batch, cancel) =>
                {
                    progress.Acknowledge(batch, await api.PostAsync(batch.Body, options.Import, cancel));
                    var rate = (progress.Facts - before) / clock.GetElapsedTime(began).TotalSeconds;
                    show(progress.Facts, $"Posting: {progress.Facts:N0} of {total:N0} facts, {rate:N0} a second");
                }
            );
        }
        finally
        {
            progress.Save();
        }
    }
}
