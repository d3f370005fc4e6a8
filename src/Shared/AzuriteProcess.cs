using System.Diagnostics;

namespace Influence.Storage;

/// <summary>A child process that runs Azurite and ends with its parent, however the parent ends.</summary>
/// <remarks>
/// The parent holds the other end of the child's standard input. Every system closes it when the parent ends, killed or not; the child then
/// writes what it holds and ends.
/// </remarks>
internal sealed class AzuriteProcess : IDisposable
{
    private const string Script = """
        // Ctrl+C reaches every process of a terminal, but storage ends after its parent: Azurite's own handler of SIGINT is left out.
        const once = process.once.bind(process);
        process.on('SIGINT', () => {}).on('SIGHUP', () => {});
        process.once = (event, handler) => event === 'SIGINT' ? process : once(event, handler);
        // Without a parent nobody reads the output.
        for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
        // Azurite's handler of SIGTERM closes the services and saves; called by name, since Windows has no such signal.
        const end = () => {
          if (!process.emit('SIGTERM')) process.exit(0);
          setTimeout(() => process.exit(1), 10000).unref();
        };
        // A service that says so has saved; a caller's connection would keep the process for as long as the caller likes.
        const log = console.log;
        let open = 3;
        console.log = line => {
          log(line);
          if (/successfully closed$/.test(line) && --open === 0) process.exit(0);
        };
        process.stdin.once('end', end).once('error', end).resume();
        require(process.argv[1]);
        """;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Action<string> onLine;
    private readonly Queue<string> lastLines = [];
    private readonly TaskCompletionSource<bool> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteProcess(Process process, Action<string> onLine) => (this.process, this.onLine) = (process, onLine);

    public int Id => process.Id;

    public DateTime Started => process.StartTime.ToUniversalTime();

    public bool HasExited => process.HasExited;

    /// <summary>The end of its output.</summary>
    public string LastLines
    {
        get
        {
            lock (lastLines)
                return string.Join('\n', lastLines);
        }
    }

    /// <summary>Starts Azurite; it takes a second or two until it listens.</summary>
    /// <param name="program">Azurite's program.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="folder">Where it keeps its data; null for in memory.</param>
    /// <param name="onLine">Gets each line of its output; with data in memory also of each request.</param>
    /// <exception cref="InvalidOperationException">Node.js is missing.</exception>
    public static AzuriteProcess Start(string program, AzuritePorts ports, string? folder, Action<string>? onLine = null)
    {
        string[] data = folder is null ? ["--inMemoryPersistence"] : ["--location", folder, "--silent"];
        string[] arguments = ["-e", Script, "--", program, "--disableTelemetry", "--skipApiVersionCheck", .. data, .. ports.Arguments];
        var start = new ProcessStartInfo("node", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = AzuritePackage.Start(start, "node");
        var azurite = new AzuriteProcess(process, onLine ?? (_ => { }));
        process.OutputDataReceived += (_, line) => azurite.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => azurite.Keep(line.Data);
        process.Exited += (_, _) => azurite.listening.TrySetResult(false);
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return azurite;
    }

    /// <summary>Waits until it listens; false when it ended instead, as it does when a port is taken.</summary>
    /// <exception cref="TimeoutException">It does neither.</exception>
    public async Task<bool> ListensAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            if (await listening.Task.WaitAsync(StartPatience, clock, cancellationToken))
                return true;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Azurite does not listen after {StartPatience.TotalSeconds:0} s. Its last output:\n{LastLines}", e);
        }

        // The end of a process can be told before its last lines are read; this waits for both.
        await process.WaitForExitAsync(cancellationToken).WaitAsync(KillPatience, clock, cancellationToken);
        return false;
    }

    /// <summary>Asks it to save and end; false when it has not ended in time, which it then does by itself.</summary>
    public async Task<bool> StopAsync(TimeSpan patience, TimeProvider clock)
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(patience, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends it at once; what it did not save yet is lost.</summary>
    public void Kill()
    {
        process.Kill();
        if (!process.WaitForExit(KillPatience))
            throw new TimeoutException(
                $"Azurite (process {process.Id}) did not end within {KillPatience.TotalSeconds:0} s of being killed."
            );
    }

    public void Dispose() => process.Dispose();

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > 20)
                lastLines.Dequeue();
        }

        // The last of the three to start.
        if (line.StartsWith("Azurite Table service is successfully listening", StringComparison.Ordinal))
            listening.TrySetResult(true);
        onLine(line);
    }
}
