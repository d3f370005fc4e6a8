namespace Influence.Replay.Client;

/// <summary>Publishes the boards and polls the status monitor until that has ended.</summary>
internal sealed class Publishing(Api api, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Returns when the boards can be read.</summary>
    /// <param name="date">The day; null for today as of now.</param>
    /// <param name="show">Told how it goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ReplayFailedException">The publication failed, or takes longer than a quarter of an hour.</exception>
    public async Task<Publication> PublishAsync(DateOnly? date, Action<string> show, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var (publication, monitor) = await api.PublishAsync(date, cancellationToken);
        for (var pause = FirstPause; IsRunning(publication); pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var waited = clock.GetElapsedTime(began);
            if (waited > Longest)
                throw Failure(publication, $"is still '{Name(publication)}' after {Longest.TotalMinutes} minutes");
            show($"Publishing: {Name(publication)}, {waited.TotalSeconds:0} s");
            await Task.Delay(pause, clock, cancellationToken);
            publication = await api.PublicationAsync(monitor, cancellationToken);
        }

        return publication.Status switch
        {
            // Superseded: boards of the same day that were requested later can be read.
            PublicationStatus.Published or PublicationStatus.Superseded => publication,
            PublicationStatus.Failed or PublicationStatus.Expired => throw Failure(
                publication,
                "failed; the reason is in the app's log and dead letters"
            ),
            _ => throw Failure(publication, "ended in a way that this version does not know: is the app a newer one?"),
        };
    }

    private static bool IsRunning(Publication publication) => publication.Status == PublicationStatus.Running;

    private static string Name(Publication publication) => publication.Status.ToString().ToLowerInvariant();

    private static ReplayFailedException Failure(Publication publication, string how) => new($"The publication {publication.Id} {how}.");
}
