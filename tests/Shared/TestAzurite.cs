using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Influence.Tests;

/// <summary>A real Azurite in memory on free ports, for one collection of tests; counts the requests it serves.</summary>
public sealed class TestAzurite : IAsyncLifetime, IDisposable
{
    private readonly List<string> log = [];
    private Process? process;

    public string ConnectionString { get; private set; } = "";

    public static string Root { get; } = FindRoot();

    /// <summary>Every request line so far: «"METHOD path HTTP/1.1" status …».</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (log)
                return [.. log.Where(l => l.Contains(" HTTP/1.1\" ", StringComparison.Ordinal))];
        }
    }

    public async Task InitializeAsync()
    {
        await InstallAsync();
        // Between finding a free port and taking it somebody else may have.
        for (var attempt = 1; !await StartAsync(FreePorts()); attempt++)
            if (attempt == 3)
                throw new InvalidOperationException($"Azurite did not start: {string.Join('\n', log)}");
    }

    public void Dispose() => Kill();

    public Task DisposeAsync()
    {
        Kill();
        return Task.CompletedTask;
    }

    /// <summary>Breaks the storage: nothing answers any more.</summary>
    public void Kill()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    private async Task<bool> StartAsync((int Blob, int Queue, int Table) ports)
    {
        string[] arguments =
        [
            Path.Combine(Root, "node_modules", "azurite", "dist", "src", "azurite.js"),
            "--inMemoryPersistence",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--blobPort",
            $"{ports.Blob}",
            "--queuePort",
            $"{ports.Queue}",
            "--tablePort",
            $"{ports.Table}",
        ];
        process = new Process
        {
            StartInfo = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        const string account = "devstoreaccount1";
        const string key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{ports.Blob}/{account};"
            + $"QueueEndpoint=http://127.0.0.1:{ports.Queue}/{account};TableEndpoint=http://127.0.0.1:{ports.Table}/{account};";
        foreach (var port in new[] { ports.Blob, ports.Queue, ports.Table })
            if (!await AnswersAsync(port))
                return false;
        return !process.HasExited;
    }

    private async Task<bool> AnswersAsync(int port)
    {
        for (var i = 0; i < 600 && !process!.HasExited; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (log)
            log.Add(line);
    }

    // Several test projects may start at once on a fresh clone: one installs, the others wait for its lock.
    private static async Task InstallAsync()
    {
        var installed = Path.Combine(Root, "node_modules", "azurite", "package.json");
        while (true)
        {
            try
            {
                using var turn = new FileStream(
                    Path.Combine(Root, ".npm-ci.lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                );
                if (File.Exists(installed))
                    return;
                using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = Root })!;
                await npm.WaitForExitAsync();
                if (npm.ExitCode != 0)
                    throw new InvalidOperationException("npm ci failed: the tests need Azurite.");
                return;
            }
            catch (IOException)
            {
                await Task.Delay(500);
            }
        }
    }

    private static (int Blob, int Queue, int Table) FreePorts()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Stop();
        return (ports[0], ports[1], ports[2]);
    }

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
