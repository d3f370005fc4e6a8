namespace Influence.Replay.AppProcess;

/// <summary>Runs that use the same local app, each known by a lock on a file that all of them share.</summary>
/// <remarks>The system releases the lock of a run that is killed.</remarks>
internal sealed class AppUse : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly string path;
    private readonly FileStream file;

    private AppUse(string path, FileShare share) => (this.path, file) = (path, Open(path, FileMode.OpenOrCreate, share));

    /// <summary>Uses the app together with others; waits while one of them stops it.</summary>
    public static Task<AppUse> JoinAsync(
        Uri url,
        TimeSpan atMost,
        Action onWait,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => OpenAsync(PathOf(url, "use"), FileShare.Read, atMost, onWait, clock, cancellationToken);

    /// <summary>Waits until no other run uses the app; none begins to while the result is held.</summary>
    public static Task<AppUse> AloneAsync(Uri url, TimeSpan atMost, Action onWait, TimeProvider clock) =>
        OpenAsync(PathOf(url, "use"), FileShare.None, atMost, onWait, clock, CancellationToken.None);

    /// <summary>Waits until no other run starts the app; none does while the result is held.</summary>
    public static Task<AppUse> StartingAsync(Uri url, TimeSpan atMost, Action onWait, TimeProvider clock, CancellationToken cancel) =>
        OpenAsync(PathOf(url, "start"), FileShare.None, atMost, onWait, clock, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        try
        {
            // The last one removes the file.
            Open(path, FileMode.Open, FileShare.None).Dispose();
        }
        catch (Exception e) when (IsHeld(e))
        {
            // Others still hold it, or have removed it.
        }
    }

    private static async Task<AppUse> OpenAsync(
        string path,
        FileShare share,
        TimeSpan atMost,
        Action onWait,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var began = clock.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return new AppUse(path, share);
            }
            catch (Exception e) when (IsHeld(e))
            {
                if (clock.GetElapsedTime(began) > atMost)
                    throw new ReplayFailedException($"Another run has held '{path}' for {atMost.TotalMinutes:0} minutes: {e.Message}", e);
                if (isFirst)
                    onWait();
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode, FileShare share) =>
        new(path, mode, FileAccess.Read, share, bufferSize: 1, share == FileShare.None ? FileOptions.DeleteOnClose : FileOptions.None);

    // Windows says the second of a file that is about to be removed.
    private static bool IsHeld(Exception e) => e is IOException or UnauthorizedAccessException;

    // One machine, one port, one app: whatever folder a run is started in.
    private static string PathOf(Uri url, string what) =>
        Path.Combine(Path.GetTempPath(), $"influence-replay-{Environment.UserName}-{url.Port}.{what}");
}
