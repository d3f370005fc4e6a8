using System.Diagnostics;

namespace Influence.Replay.AppProcess;

/// <summary>The app as a child process, its output in a file.</summary>
internal sealed class LocalApp : IAsyncDisposable
{
    // A little more than the app gives itself: killed before, it would leave its Azurite running.
    private static readonly TimeSpan Orderly = TimeSpan.FromSeconds(35);

    private readonly Process process;
    private readonly string log;

    private LocalApp(Process process, string log) => (this.process, this.log) = (process, log);

    /// <summary>Whether it goes on when this object is disposed.</summary>
    public bool LeaveRunning { get; set; }

    /// <summary>Its process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts it; it takes a while until it answers.</summary>
    /// <param name="location">The app.</param>
    /// <param name="url">Where it shall listen.</param>
    /// <param name="log">The file of its output, written anew.</param>
    public static LocalApp Start(AppLocation location, Uri url, string log)
    {
        // Here before the shell opens it: the end of the output is asked for at once.
        File.WriteAllText(log, "");
        string[] command = [AppLocation.Dotnet, location.Dll, "--urls", url.GetLeftPart(UriPartial.Authority)];
        // The shell opens the log for the app itself: a pipe through this process would break the app that is left running.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe") { Arguments = $"/s /c \"\"{string.Join("\" \"", command)}\" > \"{log}\" 2>&1\"" }
            : new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > \"$0\" 2>&1 < /dev/null", log, .. command]);
        start.WorkingDirectory = location.Root;
        return new LocalApp(Process.Start(start)!, log);
    }

    /// <summary>The end of its output.</summary>
    public string LogEnd(int lines = 20)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines));
    }

    /// <summary>Asks it to end, and makes it end when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!LeaveRunning && !process.HasExited)
            await StopAsync();
        process.Dispose();
    }

    private async Task StopAsync()
    {
        AskToEnd();
        using var limit = new CancellationTokenSource(Orderly);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    // Windows has no signal for this: without a window to close, the process tree is ended at once.
    private void AskToEnd()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        else if (!process.CloseMainWindow())
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
