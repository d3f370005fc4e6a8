using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Influence.Storage;

namespace InfluenceFunctions.Tests.Support;

/// <summary>The built app under the local host, which can be killed and started again; so can its worker.</summary>
public sealed partial class RunningApp : IAsyncDisposable
{
    public const string FunctionKey = "function-key-of-the-tests";
    public const string MasterKey = "master-key-of-the-tests";

    // Both are built before these tests, beside them.
    private static readonly string Beside = Path.Combine(AppContext.BaseDirectory, "..", "..");
    private static readonly string Configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private readonly AppBuild build;
    private readonly string connectionString;
    private readonly Dictionary<string, string> settings;
    private readonly StringBuilder log = new();
    private readonly int port = FreePorts.Next();
    private Process? process;

    private RunningApp(AppBuild build, TestAzurite azurite, Dictionary<string, string> settings)
    {
        (this.build, connectionString, this.settings) = (build, azurite.ConnectionString, settings);
        (Client, Operator) = (NewClient(FunctionKey), NewClient(MasterKey));
    }

    /// <summary>The host's program.</summary>
    public static string Host { get; } =
        Path.GetFullPath(Path.Combine(Beside, "Influence.LocalHost", Configuration, "Influence.LocalHost.dll"));

    /// <summary>The folder of the app's build.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Beside, "InfluenceFunctions", Configuration));

    /// <summary>Shows the function key.</summary>
    public HttpClient Client { get; }

    /// <summary>Shows the master key.</summary>
    public HttpClient Operator { get; }

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        if (key is not null)
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        return client;
    }

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>The peak memory of host and worker together, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process!.Refresh();
            using var worker = Process.GetProcessById(WorkerId);
            return process.PeakWorkingSet64 + worker.PeakWorkingSet64;
        }
    }

    public static Task<RunningApp> StartAsync(TestAzurite azurite, params (string Name, string Value)[] settings) =>
        StartAsync(new AppBuild(Host, Folder), azurite, settings);

    /// <summary>Starts another build of host and app.</summary>
    public static async Task<RunningApp> StartAsync(AppBuild build, TestAzurite azurite, params (string Name, string Value)[] settings)
    {
        var app = new RunningApp(build, azurite, settings.ToDictionary(s => s.Name, s => s.Value));
        await app.StartAsync();
        return app;
    }

    /// <summary>Starts it without waiting for it.</summary>
    public static RunningApp Launch(TestAzurite azurite, params (string Name, string Value)[] settings)
    {
        var app = new RunningApp(new AppBuild(Host, Folder), azurite, settings.ToDictionary(s => s.Name, s => s.Value));
        app.Launch();
        return app;
    }

    public async Task StartAsync()
    {
        Launch();
        await Eventually.HoldsAsync(
            "the app answers, or has ended",
            async () => process!.HasExited || await AnswersAsync(),
            state: () => Log
        );
        if (process!.HasExited)
        {
            // Its end is known before its last lines are read.
            await Eventually.EndsAsync(process, "the app's output");
            throw new InvalidOperationException($"The app did not start:\n{Log}");
        }
    }

    private void Launch()
    {
        var start = new ProcessStartInfo("dotnet", [build.Host, "--app", build.Folder, "--urls", Client.BaseAddress!.ToString()])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The app ends with the process of the tests, however that ends.
        start.Environment["LocalHost__StopWhenInputEnds"] = "true";
        // Many short lives on few cores: nothing that pays only later. Host and worker both heed it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["FunctionKeys__0"] = FunctionKey;
        start.Environment["MasterKey"] = MasterKey;
        // Tests wait for what the report says, and not for a cache.
        foreach (var cache in new[] { "Health", "Card", "Page" })
            start.Environment[$"Influence__{cache}CacheSeconds"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task<bool> IsHealthyAsync() => (await Client.GetAsync("/api/health")).IsSuccessStatusCode;

    public async Task<bool> AnswersAsync()
    {
        try
        {
            (await Client.GetAsync("/api/health")).Dispose();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The process of the host.</summary>
    public int HostId => process!.Id;

    /// <summary>The process of the worker that was started last.</summary>
    public int WorkerId => int.Parse(WorkerLine().Matches(Log)[^1].Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Whether a process runs.</summary>
    public static bool Runs(int id)
    {
        try
        {
            using var found = Process.GetProcessById(id);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL to the worker; the host is to start another one.</summary>
    public async Task KillWorkerAsync()
    {
        var killed = WorkerId;
        using (var worker = Process.GetProcessById(killed))
            worker.Kill();
        await Eventually.HoldsAsync("another worker is started", () => WorkerId != killed, state: () => Log);
    }

    [GeneratedRegex(@"Worker started, process (\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex WorkerLine();

    /// <summary>SIGKILL to the host: no goodbye.</summary>
    public void Kill()
    {
        Eventually.Kill(process!, "the app");
        process!.Dispose();
        process = null;
    }

    /// <summary>Sends it SIGINT, as Ctrl+C does, and waits for its end.</summary>
    /// <param name="within">How long it may take.</param>
    public Task<int> InterruptAsync(TimeSpan within) => StopAsync("INT", within);

    /// <summary>Sends the host a signal that asks for its end, and waits for that.</summary>
    /// <param name="signal">INT or TERM.</param>
    /// <param name="within">How long it may take.</param>
    public async Task<int> StopAsync(string signal, TimeSpan within)
    {
        await SignalAsync(signal, HostId);
        return await EndAsync($"the app after SIG{signal}", within);
    }

    /// <summary>Sends a signal to processes.</summary>
    public static async Task SignalAsync(string signal, params IEnumerable<int> processes)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await Eventually.EndsAsync(kill, "kill");
    }

    /// <summary>Closes its standard input, as the system does when its parent is killed, and waits for its end.</summary>
    /// <param name="within">How long it may take.</param>
    public Task<int> CloseInputAsync(TimeSpan within)
    {
        process!.StandardInput.Close();
        return EndAsync("the app without its input", within);
    }

    private async Task<int> EndAsync(string what, TimeSpan within)
    {
        await Eventually.EndsAsync(process!, what, within);
        var code = process!.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    public ValueTask DisposeAsync()
    {
        if (process is not null)
            Kill();
        Client.Dispose();
        Operator.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}

/// <summary>Where a build of the host and of the app lies.</summary>
/// <param name="Host">The host's program.</param>
/// <param name="Folder">The folder of the app.</param>
public sealed record AppBuild(string Host, string Folder);
