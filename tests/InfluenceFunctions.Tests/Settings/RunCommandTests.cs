using System.Diagnostics;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Settings;

/// <summary>What <c>dotnet run</c> starts for the app.</summary>
public sealed class RunCommandTests
{
    [Fact]
    public async Task Dotnet_run_starts_the_local_host_with_the_apps_folder()
    {
        var run = await RunPropertiesAsync();
        Assert.Equal("dotnet", run.GetProperty("RunCommand").GetString());
        var arguments = run.GetProperty("RunArguments").GetString()!.Split('"', StringSplitOptions.TrimEntries);
        Assert.Equal(["", RunningApp.Host, "--app", RunningApp.Folder, ""], arguments.Select(Normal));
    }

    private static string Normal(string part) => Path.IsPathRooted(part) ? Path.GetFullPath(part) : part;

    // Of the tree as it is built, without a restore.
    private static async Task<JsonElement> RunPropertiesAsync()
    {
        var project = Path.Combine(Influence.Tests.TestAzurite.Root, "src", "InfluenceFunctions");
        var built = $"-p:Configuration={Path.GetFileName(RunningApp.Folder)}";
        string[] arguments =
        [
            "msbuild",
            project,
            "-t:ComputeRunArguments",
            "-getProperty:RunCommand,RunArguments",
            built,
            "-nodeReuse:false",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var msbuild = Process.Start(start)!;
        var output = msbuild.StandardOutput.ReadToEndAsync();
        await Eventually.EndsAsync(msbuild, "msbuild");
        var said = await output;
        Assert.True(msbuild.ExitCode == 0, said);
        using var properties = JsonDocument.Parse(said);
        return properties.RootElement.GetProperty("Properties").Clone();
    }
}
