using System.Diagnostics;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>The tools of tests/clients/typescript, in the versions of its lock file; installed on first use.</summary>
internal static class TypeScript
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = Path.Combine(TestAzurite.Root, "tests", "clients", "typescript");

    public static async Task InstallAsync()
    {
        // npm writes this last, so that it is older than a lock file that has changed since.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            await StartAsync(0, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    }

    /// <summary>Runs a program of Node.js; what it said.</summary>
    /// <param name="code">How it must end.</param>
    /// <param name="program">The program, below the folder.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<string> RunAsync(int code, string program, params IEnumerable<string> arguments) =>
        StartAsync(code, "node", [program, .. arguments]);

    private static async Task<string> StartAsync(int code, string program, IEnumerable<string> arguments)
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
        var said = await output + await error;
        Assert.True(process.ExitCode == code, $"{program} ended with {process.ExitCode}: {said}");
        return said;
    }
}
