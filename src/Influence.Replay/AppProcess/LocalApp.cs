using System.Diagnostics;

namespace Influence.Replay.AppProcess;

/// <summary>The app as a child process, its output in a file.</summary>
/// <remarks>It holds the app's standard input, whose end stops the app: also when this process is killed, and on every system.</remarks>
internal sealed class LocalApp : IAsyncDisposable
{
    // The app gives itself ten seconds.
    private static readonly TimeSpan Orderly = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Killed = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly string log;
    private readonly bool leaveRunning;
    private readonly TimeProvider clock;

    private LocalApp(Process process, string log, bool leaveRunning, TimeProvider clock) =>
        (this.process, this.log, this.leaveRunning, this.clock) = (process, log, leaveRunning, clock);

    /// <summary>Its process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>Whether it goes on when the run ends.</summary>
    public bool IsLeftRunning => leaveRunning;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts it; it takes a while until it answers.</summary>
    /// <param name="location">The app.</param>
    /// <param name="url">Where it shall listen.</param>
    /// <param name="log">The file of its output, written anew.</param>
    /// <param name="leaveRunning">Whether it goes on when this object is disposed or this process ends.</param>
    /// <param name="clock">Limits the wait for its end.</param>
    public static LocalApp Start(AppLocation location, Uri url, string log, bool leaveRunning, TimeProvider clock)
    {
        // Here before the shell opens it: the end of the output is asked for at once.
        File.WriteAllText(log, "");
        string[] command =
        [
            DotnetProgram.Path,
            location.Host,
            "--app",
            location.App,
            "--urls",
            url.GetLeftPart(UriPartial.Authority),
            "--LocalHost:StopWhenInputEnds",
            leaveRunning ? "false" : "true",
        ];
        // The shell opens the log for the app itself: a pipe through this process would break the app that is left running.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe") { Arguments = $"/s /c \"\"{string.Join("\" \"", command)}\" > \"{log}\" 2>&1\"" }
            : new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > \"$0\" 2>&1", log, .. command]);
        start.WorkingDirectory = location.Root;
        start.RedirectStandardInput = true;
        return new LocalApp(Process.Start(start)!, log, leaveRunning, clock);
    }

    /// <summary>Waits until it ends or the wait is given up; whether it ended.</summary>
    public async Task<bool> EndsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The end of its output.</summary>
    public string LogEnd(int lines = 20)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines));
    }

    /// <summary>Asks it to end, and makes it end when it does not; nothing if it is to be left running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!leaveRunning && !process.HasExited)
            await StopAsync();
        process.Dispose();
    }

    private async Task StopAsync()
    {
        process.StandardInput.Close();
        if (await EndsAsync(Orderly))
            return;
        process.Kill(entireProcessTree: true);
        if (!await EndsAsync(Killed))
            throw new ReplayFailedException($"The app (process {process.Id}) does not end, although it was killed.");
    }

    private async Task<bool> EndsAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within, clock);
        return await EndsAsync(limit.Token);
    }
}
