using System.Diagnostics;
using System.Net;
using System.Text;
using Influence.Storage;

namespace InfluenceFunctions.Tests.Ingest;

/// <summary>The README's first command, in small: it ends on pages that can be looked at.</summary>
public sealed class ReplayHoldTests
{
    [Fact]
    public async Task The_app_goes_on_after_the_board_was_shown_until_Ctrl_C()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        var folder = Directory.CreateTempSubdirectory("replay-");
        var url = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        var said = new StringBuilder();
        using var run = Start(folder.FullName, url, azurite.ConnectionString, said);
        try
        {
            await Eventually.HoldsAsync(
                "the run waits for Ctrl+C",
                () => Said(said).Contains("until you press Ctrl+C", StringComparison.Ordinal) || run.HasExited,
                TimeSpan.FromMinutes(3),
                () => Said(said)
            );
            using var reader = new HttpClient();
            foreach (
                var line in Said(said)
                    .Split('\n')
                    .Where(l => l.StartsWith("The board:", StringComparison.Ordinal) || l.StartsWith("Who leads", StringComparison.Ordinal))
            )
                Assert.Equal(
                    HttpStatusCode.OK,
                    (await reader.GetAsync(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim())).StatusCode
                );
            var board = await reader.GetStringAsync(new Uri(url, "boards/global"));
            Assert.Contains("?date=", board, StringComparison.Ordinal);

            using (var interrupt = Process.Start("kill", ["-INT", $"{run.Id}"]))
                await Eventually.EndsAsync(interrupt, "kill");
            await Eventually.EndsAsync(run, "the run after Ctrl+C", TimeSpan.FromSeconds(45));
            Assert.Equal(0, run.ExitCode);
            await Assert.ThrowsAsync<HttpRequestException>(() => reader.GetAsync(url));
        }
        finally
        {
            if (!run.HasExited)
                Eventually.Kill(run, "the replay");
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string folder, Uri url, string storage, StringBuilder said)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Influence.Replay.dll"), "--interactions", "400", "--url", url.ToString()]
        )
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        var run = new Process { StartInfo = start };
        run.OutputDataReceived += (_, line) => Keep(said, line.Data);
        run.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        run.Start();
        run.BeginOutputReadLine();
        run.BeginErrorReadLine();
        return run;
    }

    private static void Keep(StringBuilder said, string? line)
    {
        lock (said)
            said.AppendLine(line);
    }

    private static string Said(StringBuilder said)
    {
        lock (said)
            return said.ToString();
    }
}
