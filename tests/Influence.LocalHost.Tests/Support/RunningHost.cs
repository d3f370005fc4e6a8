using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Influence.LocalHost.Tests.Support;

/// <summary>The built host, as a process that runs the test app; it, and its worker, can be killed.</summary>
internal sealed partial class RunningHost : IAsyncDisposable
{
    public const string FunctionKey = "function-key-of-the-tests";
    public const string MasterKey = "master-key-of-the-tests";

    // Both are built before these tests, beside them.
    private static readonly string Beside = Path.Combine(AppContext.BaseDirectory, "..", "..");
    private static readonly string Configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private readonly StringBuilder log = new();
    private readonly Process process;
    private readonly string? callsFile;
    private HttpClient? client;

    private RunningHost(Process process, string? callsFile) => (this.process, this.callsFile) = (process, callsFile);

    /// <summary>The folder of the test app's build.</summary>
    public static string AppFolder { get; } = Path.GetFullPath(Path.Combine(Beside, "Influence.LocalHost.TestApp", Configuration));

    private static string Program =>
        Path.GetFullPath(Path.Combine(Beside, "Influence.LocalHost", Configuration, "Influence.LocalHost.dll"));

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>Shows no key.</summary>
    public HttpClient Client => client ??= NewClient();

    /// <summary>All that the host printed so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>The processes of its workers so far, the last one last.</summary>
    public IReadOnlyList<int> Workers =>
        [.. WorkerStarted().Matches(Log).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>What functions have noted so far.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            if (!File.Exists(callsFile))
                return [];
            using var file = new FileStream(callsFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>Starts it and waits until it serves.</summary>
    /// <param name="settings">Its environment, besides storage.</param>
    public static async Task<RunningHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = await LaunchAsync(AppFolder, settings);
        await host.SaysAsync("Application started.");
        return host;
    }

    /// <summary>Starts it without waiting for it.</summary>
    /// <param name="folder">The app's folder.</param>
    /// <param name="settings">Its environment, besides storage.</param>
    public static Task<RunningHost> LaunchAsync(string folder, params (string Name, string Value)[] settings) =>
        LaunchAsync(folder, options: [], settings);

    /// <summary>Starts it with more on its command line, without waiting for it.</summary>
    public static async Task<RunningHost> LaunchAsync(string folder, string[] options, (string Name, string Value)[] settings)
    {
        // On Linux in a session of its own, whose process group can be sent a signal as a terminal does.
        var (program, first) = OperatingSystem.IsLinux() ? ("setsid", new[] { "dotnet" }) : ("dotnet", []);
        var start = new ProcessStartInfo(program, [.. first, Program, "--app", folder, "--urls", "http://127.0.0.1:0", .. options])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var callsFile = Path.Combine(Path.GetTempPath(), $"calls-{TestStorage.NewName()}");
        // It ends with the process of the tests, however that ends.
        start.Environment["LocalHost__StopWhenInputEnds"] = "true";
        start.Environment["AzureWebJobsStorage"] = await TestStorage.ConnectionStringAsync();
        start.Environment["CallsFile"] = callsFile;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var host = new RunningHost(new Process { StartInfo = start }, callsFile);
        host.process.OutputDataReceived += (_, line) => host.Keep(line.Data);
        host.process.ErrorDataReceived += (_, line) => host.Keep(line.Data);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The settings by which a queue function of the test app takes messages of a queue.</summary>
    public static (string Name, string Value)[] Listens(string function, string queue) =>
        [($"AzureWebJobs.{function}.Disabled", "false"), ($"{function}Queue", queue)];

    /// <summary>A client that shows a key, or none.</summary>
    public HttpClient NewClient(string? key = null)
    {
        var result = new HttpClient { BaseAddress = new Uri(Listening().Match(Log).Groups[1].Value) };
        if (key is not null)
            result.DefaultRequestHeaders.Add("x-functions-key", key);
        return result;
    }

    /// <summary>Waits for words in its output; its end instead is an error.</summary>
    public async Task SaysAsync(string words, int times = 1)
    {
        await Eventually.HoldsAsync(
            $"the host says «{words}» {times} times, or has ended",
            () => process.HasExited || Log.Split(words).Length > times,
            state: () => Log
        );
        if (Log.Split(words).Length <= times)
            throw new InvalidOperationException($"The host ended without «{words}»:\n{Log}");
    }

    /// <summary>Waits until functions have noted so much.</summary>
    public Task<IReadOnlyList<string>> CallsAsync(int count, string prefix = "") =>
        Eventually.FoundAsync(
            $"{count} calls of «{prefix}»",
            () => Task.FromResult(CallsOf(prefix) is var calls && calls.Count >= count ? calls : null),
            state: () => $"{string.Join(", ", Calls)}\n{Log}"
        );

    public IReadOnlyList<string> CallsOf(string prefix) => [.. Calls.Where(c => c.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>Waits until its worker, which was killed, has a successor that serves.</summary>
    public Task ServesAsync() =>
        Eventually.HoldsAsync("a worker serves", async () => (await Client.GetAsync("/api/null")).IsSuccessStatusCode, state: () => Log);

    /// <summary>Kills the worker; gives the process it was.</summary>
    public int KillWorker()
    {
        var id = Workers[^1];
        using var worker = Process.GetProcessById(id);
        Eventually.Kill(worker, "the worker");
        return id;
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public void Kill() => Eventually.Kill(process, "the host");

    /// <summary>Sends SIGINT to all processes of its group, as Ctrl+C in a terminal does, and waits for its end.</summary>
    public Task<int> InterruptAsync(TimeSpan? within = null) =>
        SignalAsync("-INT", OperatingSystem.IsLinux() ? $"-{process.Id}" : $"{process.Id}", within);

    /// <summary>Sends SIGTERM to the host alone, as a service manager does, and waits for its end.</summary>
    public Task<int> TerminateAsync(TimeSpan? within = null) => SignalAsync("-TERM", $"{process.Id}", within);

    /// <summary>Closes its standard input, as the system does when its parent is killed, and waits for its end.</summary>
    public Task<int> CloseInputAsync(TimeSpan? within = null)
    {
        process.StandardInput.Close();
        return EndAsync(within);
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan? within = null)
    {
        await Eventually.EndsAsync(process, "the host", within);
        return process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
        client?.Dispose();
        if (callsFile is not null)
            File.Delete(callsFile);
        return ValueTask.CompletedTask;
    }

    private async Task<int> SignalAsync(string signal, string to, TimeSpan? within)
    {
        using (var kill = Process.Start("kill", [signal, "--", to]))
            await Eventually.EndsAsync(kill, "kill");
        return await EndAsync(within);
    }

    private void Keep(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }

    [GeneratedRegex("Now listening on: (http://[^ \r\n]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();

    [GeneratedRegex("Worker started, process ([0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex WorkerStarted();
}
