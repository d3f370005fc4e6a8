using System.Diagnostics;

namespace InfluenceFunctions.Tests.Support;

/// <summary>The built backup as a process of its own.</summary>
internal static class BackupProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs it to its end, which is to be a good one; what it said, and its peak memory.</summary>
    public static async Task<(string Output, long PeakBytes)> RunAsync(
        TestAzurite azurite,
        (string Name, string Value)[] environment,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Influence.Backup.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = azurite.ConnectionString;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        await Eventually.HoldsAsync(
            "the end of the backup",
            () =>
            {
                process.Refresh();
                if (process.HasExited)
                    return true;
                peak = Math.Max(peak, process.PeakWorkingSet64);
                return false;
            },
            Patience
        );
        var said = await output + await error;
        Assert.True(process.ExitCode == 0, said);
        return (said, peak);
    }
}
