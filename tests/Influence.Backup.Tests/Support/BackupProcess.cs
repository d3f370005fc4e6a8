using System.Diagnostics;

namespace Influence.Backup.Tests.Support;

/// <summary>The built program as a process of its own.</summary>
internal static class BackupProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs it to its end; how it ended, and what it said.</summary>
    public static async Task<(int Code, string Output)> RunAsync(Copy tables, params string[] arguments)
    {
        using var process = Start(tables, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Eventually.EndsAsync(process, "the backup", Patience);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs it to its end, which is to be a good one.</summary>
    public static async Task<string> DoAsync(Copy tables, params string[] arguments)
    {
        var (code, output) = await RunAsync(tables, arguments);
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>Starts it.</summary>
    public static Process Start(Copy tables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Influence.Backup.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = tables.ConnectionString;
        start.Environment["Influence__TablePrefix"] = tables.Prefix;
        start.Environment["Influence__QueuePrefix"] = tables.Prefix;
        return Process.Start(start)!;
    }
}
