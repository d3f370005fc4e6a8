using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Influence.Benchmarks.Peers;

/// <summary>A peer's server, started on a free port. Its files are in a temporary folder, and are gone with it afterwards.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process process;

    private Server(Process process, string folder, int port) => (this.process, Folder, Port) = (process, folder, port);

    public int Port { get; }

    private string Folder { get; }

    /// <summary>The path of a program in one of some folders, or on the PATH; null where it is not installed.</summary>
    public static string? Find(string program, params IEnumerable<string> folders) =>
        folders
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(f => Path.Combine(f, program))
            .FirstOrDefault(File.Exists);

    /// <param name="program">The server's program.</param>
    /// <param name="arguments">Its arguments for a folder and a port.</param>
    /// <param name="prepare">Makes the folder ready.</param>
    /// <param name="user">Who it runs as when this is root; null for the same.</param>
    public static async Task<Server> StartAsync(
        string program,
        Func<string, int, string[]> arguments,
        Func<string, Task>? prepare = null,
        string? user = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("influence-peer-").FullName;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        if (user is not null && Environment.IsPrivilegedProcess)
            await RunAsync("chown", [user, folder], null);
        if (prepare is not null)
            await prepare(folder);
        var server = new Server(Start(program, arguments(folder, port), user), folder, port);
        await server.AnswersAsync();
        return server;
    }

    public static async Task RunAsync(string program, string[] arguments, string? user)
    {
        using var process = Start(program, arguments, user);
        await Eventually.EndsAsync(process, Path.GetFileName(program));
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed.");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
            throw new TimeoutException($"After a minute still not: the end of the server (process {process.Id}), killed.");
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Process Start(string program, string[] arguments, string? user)
    {
        var start =
            user is not null && Environment.IsPrivilegedProcess
                ? new ProcessStartInfo("setpriv", ["--reuid", user, "--regid", user, "--clear-groups", program, .. arguments])
                : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task AnswersAsync()
    {
        await Eventually.HoldsAsync("the server answers, or has ended", async () => process.HasExited || await TakesConnectionsAsync());
        if (process.HasExited)
            throw new InvalidOperationException("The server did not start.");
    }

    private async Task<bool> TakesConnectionsAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
