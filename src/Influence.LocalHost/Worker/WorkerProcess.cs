using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Worker;

/// <summary>One run of the worker's process. It ends with this process, however this one ends: see <see cref="StartupHook"/>.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private const int LinesKept = 20;
    private static readonly string[] Addresses = ["URLS", "HTTP_PORTS", "HTTPS_PORTS"];
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly ILogger logger;
    private readonly Queue<string> lastErrors = [];
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process, ILogger logger) => (this.process, this.logger, Id) = (process, logger, process.Id);

    public int Id { get; }

    /// <summary>Ends when the process has, and its output is read.</summary>
    public Task Exited => exited.Task;

    public int ExitCode => process.ExitCode;

    /// <summary>The end of what it wrote to its standard error.</summary>
    public string LastErrors
    {
        get
        {
            lock (lastErrors)
                return string.Join('\n', lastErrors);
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="app">What to start.</param>
    /// <param name="uri">Where the worker finds this host.</param>
    /// <param name="workerId">By which it calls itself.</param>
    /// <param name="settings">The app's settings, over those of the environment.</param>
    /// <param name="logger">Gets its output.</param>
    /// <exception cref="InvalidOperationException">The program is not there.</exception>
    public static WorkerProcess Start(WorkerApp app, Uri uri, string workerId, IReadOnlyDictionary<string, string> settings, ILogger logger)
    {
        string[] arguments =
        [
            app.Program,
            "--functions-uri",
            uri.AbsoluteUri,
            "--functions-worker-id",
            workerId,
            "--functions-request-id",
            $"{Guid.CreateVersion7()}",
            "--functions-grpc-max-message-length",
            int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(app.Executable, arguments)
        {
            WorkingDirectory = app.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;
        foreach (var (name, value) in settings)
        {
            foreach (var same in start.Environment.Keys.Where(k => AppSettings.IsSame(k, name)).ToList())
                start.Environment.Remove(same);
            start.Environment[name] = value;
        }

        // Where the host listens is not where the worker does.
        foreach (var name in start.Environment.Keys.Where(IsAddress).ToList())
            start.Environment.Remove(name);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = app.Folder;
        start.Environment[StartupHook.Enabled] = "1";
        start.Environment["DOTNET_STARTUP_HOOKS"] = string.Join(
            Path.PathSeparator,
            new[]
            {
                typeof(StartupHook).Assembly.Location,
                start.Environment.TryGetValue("DOTNET_STARTUP_HOOKS", out var other) ? other : null,
            }.Where(h => !string.IsNullOrEmpty(h))
        );
        try
        {
            var worker = new WorkerProcess(Process.Start(start)!, logger);
            worker.Watch();
            return worker;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The worker's program '{app.Executable}' cannot be started: {e.Message}.", e);
        }
    }

    /// <summary>Ends it at once, and waits for that.</summary>
    public async Task KillAsync(TimeProvider clock)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself, or is about to.
        }

        await Exited.WaitAsync(KillPatience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => process.Dispose();

    private static bool IsAddress(string setting) =>
        setting.StartsWith("Kestrel__", StringComparison.OrdinalIgnoreCase)
        || Addresses.Any(a =>
            AppSettings.IsSame(setting, a) || AppSettings.IsSame(setting, $"ASPNETCORE_{a}") || AppSettings.IsSame(setting, $"DOTNET_{a}")
        );

    private void Watch()
    {
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                Output(logger, text);
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = WaitAsync();
    }

    // Its last lines come after its end; one that it has started itself may hold them open for ever.
    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource();
        var read = process.WaitForExitAsync(patience.Token);
        while (!process.HasExited)
            await Task.WhenAny(read, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token));
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        await read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        exited.TrySetResult();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (lastErrors)
        {
            lastErrors.Enqueue(line);
            if (lastErrors.Count > LinesKept)
                lastErrors.Dequeue();
        }

        Error(logger, line);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void Output(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Line}")]
    private static partial void Error(ILogger logger, string line);
}
