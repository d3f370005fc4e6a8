using System.Diagnostics;
using System.Globalization;

namespace Influence.LocalRuntime.Azurite;

/// <summary>
/// An Azurite that outlives a crash of the app: a process of its own session, known by a file with its id and start time.
/// </summary>
internal sealed class AzuriteProcess(string folder, AzuritePorts ports)
{
    // Node starts Azurite detached on every system, which .NET cannot; then prints its id and is gone.
    private const string Launcher =
        "const a=process.argv.slice(1),l=require('fs').openSync(a.shift(),'a'),"
        + "c=require('child_process').spawn(process.execPath,a,{detached:true,stdio:['ignore',l,l]});console.log(c.pid);c.unref()";

    // SIGTERM where there are signals: Azurite then writes what it holds and ends.
    private const string Ender = "process.kill(Number(process.argv[1]))";

    private readonly string idFile = Path.Combine(folder, "azurite.pid");

    public string LogFile { get; } = Path.Combine(folder, "azurite.log");

    public async Task StartAsync(string program, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string[] azurite = [program, "--location", folder, "--disableTelemetry", "--skipApiVersionCheck", "--silent", .. ports.Arguments];
        var id = int.Parse(await NodeAsync(Launcher, [LogFile, .. azurite], cancellationToken), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        await File.WriteAllTextAsync(
            idFile,
            string.Create(CultureInfo.InvariantCulture, $"{id} {process.StartTime.ToUniversalTime().Ticks}"),
            cancellationToken
        );
    }

    public bool IsRunning
    {
        get
        {
            using var process = Find();
            return process is not null;
        }
    }

    /// <summary>Ends the Azurite that was started here, by this run of the app or one before; does nothing about any other.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var process = Find();
        if (process is not null)
        {
            await NodeAsync(Ender, [process.Id.ToString(CultureInfo.InvariantCulture)], cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }

        File.Delete(idFile);
    }

    // The id alone could by now be somebody else's.
    private Process? Find()
    {
        if (!File.Exists(idFile))
            return null;
        var parts = File.ReadAllText(idFile).Split(' ');
        if (
            parts.Length != 2
            || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var started)
        )
            return null;
        try
        {
            var process = Process.GetProcessById(id);
            if (
                !process.HasExited
                && (process.StartTime.ToUniversalTime() - new DateTime(started, DateTimeKind.Utc)).Duration() < TimeSpan.FromSeconds(2)
            )
                return process;
            process.Dispose();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // No such process.
        }

        return null;
    }

    private static async Task<string> NodeAsync(string script, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["-e", script, "--", .. arguments]) { RedirectStandardOutput = true };
        try
        {
            using var node = Process.Start(start)!;
            var output = await node.StandardOutput.ReadLineAsync(cancellationToken) ?? "";
            await node.WaitForExitAsync(cancellationToken);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("node was not found: install Node.js, or set AzureWebJobsStorage to a storage account.");
        }
    }
}
