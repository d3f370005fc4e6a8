using System.Diagnostics;
using Influence.Tests;

namespace Infra.Tests.Deploy;

/// <summary>Programs of npm, in the versions of package-lock.json; installed on first use.</summary>
internal static class Linters
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private static string Folder { get; } = Path.Combine(Template.Root, "tests", "Infra.Tests");

    /// <summary>Runs a program of Node.js: how it ended, and what it said.</summary>
    /// <param name="program">The program, below the folder of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        await Installed.Value;
        return await StartAsync("node", [program, .. arguments]);
    }

    private static async Task InstallAsync()
    {
        // npm writes this last, so that it is older than a lock file that has changed since.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var (code, said) = await StartAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments);
        Assert.True(code == 0, $"'npm ci' in {Folder} ended with {code}: {said}");
    }

    private static async Task<(int Code, string Said)> StartAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Eventually.EndsAsync(process, string.Join(' ', start.ArgumentList.Prepend(program)), Longest);
        return (process.ExitCode, await output + await error);
    }
}
