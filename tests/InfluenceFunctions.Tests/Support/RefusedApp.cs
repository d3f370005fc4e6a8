using System.Diagnostics;

namespace InfluenceFunctions.Tests.Support;

/// <summary>An app that cannot run: it says why in one line of its standard error, and is gone.</summary>
internal static class RefusedApp
{
    /// <summary>Starts it and waits for its end.</summary>
    /// <returns>All that it printed.</returns>
    public static async Task<string> SaysAsync(string folder, string url, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [RunningApp.Host, "--app", folder, "--urls", url])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Eventually.EndsAsync(process, "an app that cannot start");
        var said = await output + await error;
        Assert.True(process.ExitCode == 1, $"Exit code {process.ExitCode}:\n{said}");
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Single((await error).Trim().Split('\n'));
        return said;
    }
}
