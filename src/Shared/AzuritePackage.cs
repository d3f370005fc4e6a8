using System.ComponentModel;
using System.Diagnostics;

namespace Influence.Storage;

/// <summary>Azurite in the version that package.json and its lock file pin; installed on first use.</summary>
/// <remarks>Compiled into the local host and into the tests, whose Azurites are started the same way.</remarks>
internal static class AzuritePackage
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether it is installed.</summary>
    /// <param name="root">The folder of package.json.</param>
    // npm writes its own lock file last: without it an installation was cut short.
    public static bool IsInstalled(string root) =>
        File.Exists(Program(root)) && File.Exists(Path.Combine(root, "node_modules", ".package-lock.json"));

    /// <summary>The path of Azurite's program; runs <c>npm ci</c> first if needed, its output shown.</summary>
    /// <param name="root">The folder of package.json.</param>
    /// <param name="clock">Measures the waits.</param>
    /// <param name="cancellationToken">Gives up, and ends npm.</param>
    /// <exception cref="InvalidOperationException">npm is missing, failed or took too long.</exception>
    public static async Task<string> InstallAsync(string root, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Several processes may start at once on a fresh clone: one installs, the others wait for its lock file.
        var lockFile = Path.Combine(root, ".npm-ci.lock");
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Pause, clock, cancellationToken))
        {
            try
            {
                await using var turn = new FileStream(
                    lockFile,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                );
                if (!IsInstalled(root))
                    await RunAsync(root, clock, cancellationToken);
                return Program(root);
            }
            catch (IOException e) when (clock.GetElapsedTime(began) > Longest)
            {
                throw new InvalidOperationException(
                    $"Waited {Longest.TotalMinutes:0} minutes for '{lockFile}', by which another process installs Azurite: {e.Message}",
                    e
                );
            }
            catch (IOException)
            {
                // Another process has the lock.
            }
        }
    }

    private static string Program(string root) => Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");

    private static async Task RunAsync(string root, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
        )
        {
            WorkingDirectory = root,
        };
        using var npm = Start(start, "npm");
        try
        {
            await npm.WaitForExitAsync(cancellationToken).WaitAsync(Longest, clock, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException(
                $"'npm ci' did not end within {Longest.TotalMinutes:0} minutes, so there is no Azurite.",
                e
            );
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }

        if (npm.ExitCode != 0)
            throw new InvalidOperationException("'npm ci' failed, so there is no Azurite to store anything in; its output above says why.");
    }

    /// <summary>Starts a program of Node.js.</summary>
    /// <param name="start">The program.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static Process Start(ProcessStartInfo start, string name)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{name} was not found: install Node.js, or set AzureWebJobsStorage to a storage account.",
                e
            );
        }
    }
}
