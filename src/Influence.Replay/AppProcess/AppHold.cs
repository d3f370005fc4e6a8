namespace Influence.Replay.AppProcess;

/// <summary>The use of an app by one run. At its end an app that the run has started is stopped, but not under other runs.</summary>
/// <param name="url">The app's URL.</param>
/// <param name="use">The lock that says so; null for an app elsewhere.</param>
/// <param name="started">The app, if this run has started it.</param>
/// <param name="reporter">Told what is waited for.</param>
/// <param name="clock">Measures the wait.</param>
internal sealed class AppHold(Uri url, AppUse? use, LocalApp? started, Reporter reporter, TimeProvider clock) : IAsyncDisposable
{
    // No run takes a day; what holds the lock for longer is not waited for.
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(1);

    /// <summary>The app, if this run has started it.</summary>
    public LocalApp? Started => started;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        use?.Dispose();
        if (started is null)
            return;
        if (started.IsLeftRunning)
        {
            await started.DisposeAsync();
            return;
        }

        using var alone = await AppUse.AloneAsync(
            url,
            LongestRun,
            () => reporter.Line($"Another run uses the app at {url}, which this one has started: waiting for its end."),
            clock
        );
        await started.DisposeAsync();
    }
}
