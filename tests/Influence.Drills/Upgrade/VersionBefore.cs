using System.Diagnostics;

namespace Influence.Drills.Upgrade;

/// <summary>The app of the commit before, built from this repository's history into a folder of its own.</summary>
internal sealed class VersionBefore : IAsyncDisposable
{
    /// <summary>The commit.</summary>
    public const string Commit = "4f61521";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly string folder;

    private VersionBefore(string folder) => this.folder = folder;

    public AppBuild Build =>
        new(
            Path.Combine(folder, "artifacts", "bin", "Influence.LocalHost", "debug", "Influence.LocalHost.dll"),
            Path.Combine(folder, "artifacts", "bin", "InfluenceFunctions", "debug")
        );

    /// <summary>Builds it; fails where this clone has no such commit.</summary>
    public static async Task<VersionBefore> BuildAsync()
    {
        var (code, said) = await RunAsync("git", TestAzurite.Root, "cat-file", "-e", Commit + "^{commit}");
        Assert.True(code == 0, $"This clone has no commit {Commit}: it is shallow (git fetch --unshallow), or of another history. {said}");
        var folder = Directory.CreateTempSubdirectory("influence-before").FullName;
        await MustAsync("git", TestAzurite.Root, "worktree", "add", "--detach", "--force", folder, Commit);
        await MustAsync("dotnet", folder, "build", "src/InfluenceFunctions", "-c", "Debug", "-nodeReuse:false");
        return new VersionBefore(folder);
    }

    public async ValueTask DisposeAsync() => await MustAsync("git", TestAzurite.Root, "worktree", "remove", "--force", folder);

    private static async Task MustAsync(string program, string folder, params string[] arguments)
    {
        var (code, said) = await RunAsync(program, folder, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{said}");
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner's own build engine set is not the other build's.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Eventually.EndsAsync(process, $"{program} {arguments[0]}", Longest);
        return (process.ExitCode, await output + await error);
    }
}
