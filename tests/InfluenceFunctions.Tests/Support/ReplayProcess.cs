using System.Diagnostics;

namespace InfluenceFunctions.Tests.Support;

/// <summary>The built replay as a process of its own.</summary>
/// <remarks>Its folder is its own as well: runs remember each other by it.</remarks>
internal sealed class ReplayProcess : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("replay-").FullName;

    /// <summary>Writes a file to replay; its path.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    /// <summary>Replays against an app, and publishes nothing; how it ended, and what it said.</summary>
    public Task<(int Code, string Output)> RunAsync(RunningApp app, params IEnumerable<string> arguments) =>
        CommandAsync(app, [.. arguments, "--no-publish"]);

    /// <summary>Runs a command of it against an app; how it ended, and what it said.</summary>
    public async Task<(int Code, string Output)> CommandAsync(RunningApp app, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Influence.Replay.dll"), .. arguments, "--url", app.Client.BaseAddress!.ToString()]
        )
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("INFLUENCE_KEY");
        start.Environment.Remove("INFLUENCE_ADMIN_KEY");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Eventually.EndsAsync(process, "the replay");
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
