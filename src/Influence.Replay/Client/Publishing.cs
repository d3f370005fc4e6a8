namespace Influence.Replay.Client;

/// <summary>Publishes the boards and waits for it.</summary>
internal sealed class Publishing(Api api)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Returns when the boards can be read.</summary>
    /// <exception cref="ReplayFailedException">The publication failed.</exception>
    public async Task<PublicationAnswer> PublishAsync(Action<string> show, CancellationToken cancellationToken)
    {
        var began = Environment.TickCount64;
        var (publication, monitor) = await api.PublishAsync(cancellationToken);
        for (var pause = FirstPause; !publication.IsDone; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var waited = TimeSpan.FromMilliseconds(Environment.TickCount64 - began);
            if (publication.IsFailed)
                throw Failure($"failed; the reason is in the app's log and dead letters");
            if (waited > Longest)
                throw Failure($"is still '{publication.Status}' after {Longest.TotalMinutes} minutes");
            show($"Publishing: {publication.Status}, {waited.TotalSeconds:0} s");
            await Task.Delay(pause, cancellationToken);
            publication = await api.PublicationAsync(monitor, cancellationToken);
        }

        return publication;

        ReplayFailedException Failure(string how) => new($"The publication {publication.Id} {how}.");
    }
}
