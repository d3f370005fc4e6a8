using System.Diagnostics;

namespace Influence.LocalRuntime.Azurite;

/// <summary>Azurite as package.json and its lock file pin it, installed when it is not there yet.</summary>
internal static class AzuritePackage
{
    /// <summary>Whether it is there already.</summary>
    /// <param name="root">The folder of package.json.</param>
    // npm writes its own lock file last: without it an installation was cut short.
    public static bool IsInstalled(string root) =>
        File.Exists(Program(root)) && File.Exists(Path.Combine(root, "node_modules", ".package-lock.json"));

    /// <summary>The path of Azurite's program; runs <c>npm ci</c> first if needed, its progress shown.</summary>
    /// <param name="root">The folder of package.json.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">npm is missing or failed.</exception>
    public static async Task<string> InstallAsync(string root, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // Several processes may start at once on a fresh clone: one installs, the others wait for its lock.
                using var turn = new FileStream(
                    Path.Combine(root, ".npm-ci.lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                );
                if (!IsInstalled(root))
                    await RunAsync(root, cancellationToken);
                return Program(root);
            }
            catch (IOException)
            {
                await Task.Delay(500, cancellationToken);
            }
        }
    }

    private static string Program(string root) => Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");

    private static async Task RunAsync(string root, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
        )
        {
            WorkingDirectory = root,
        };
        try
        {
            using var npm = Process.Start(start)!;
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException(
                    "'npm ci' failed, so there is no Azurite to store anything in; its output above says why."
                );
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("npm was not found: install Node.js, or set AzureWebJobsStorage to a storage account.");
        }
    }
}
