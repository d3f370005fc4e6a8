using System.Diagnostics;

namespace Influence.Tests;

/// <summary>Programs of npm in a folder with a lock file, in the versions that it pins; installed on first use.</summary>
internal sealed class NodeTools
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly string folder;
    private readonly Lazy<Task> installed;

    /// <param name="folder">The folder of package.json and package-lock.json.</param>
    public NodeTools(string folder) => (this.folder, installed) = (folder, new Lazy<Task>(InstallAsync));

    /// <summary>Runs a program of Node.js: how it ended, and what it said.</summary>
    /// <param name="program">The program, below the folder.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<(int Code, string Said)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await installed.Value;
        return await StartAsync("node", [program, .. arguments]);
    }

    private async Task InstallAsync()
    {
        // npm writes this last, so that it is older than a lock file that has changed since.
        var done = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (done.Exists && done.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            return;
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var (code, said) = await StartAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments);
        Assert.True(code == 0, $"'npm ci' in {folder} ended with {code}: {said}");
    }

    private async Task<(int Code, string Said)> StartAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
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
