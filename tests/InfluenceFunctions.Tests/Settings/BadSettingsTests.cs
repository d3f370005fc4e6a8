using System.Diagnostics;
using System.Net;

namespace InfluenceFunctions.Tests;

public sealed class BadSettingsTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtdGVzdHM=";
    private const string Nowhere = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};BlobEndpoint=http://127.0.0.1:1/a;"
        + "QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

    [Theory]
    [InlineData("AzureWebJobsStorage", "", "AzureWebJobsStorage")]
    [InlineData("AzureWebJobsStorage", $"nonsense;AccountKey={Key}", "AzureWebJobsStorage")]
    [InlineData("AzureWebJobsStorage__queueServiceUri", "https://a.queue.example", "AzureWebJobsStorage__queueServiceUri")]
    [InlineData("PublishSchedule", "61 * * * * *", "PublishSchedule")]
    [InlineData("PublishSchedule", "every night", "PublishSchedule")]
    [InlineData("Influence__BoardSize", "0", "Influence__BoardSize")]
    [InlineData("Influence__BoardSize", "many", "Influence:BoardSize")]
    [InlineData("Influence__TablePrefix", "1-bad", "Influence__TablePrefix")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__batchSize", "33", "Queues.BatchSize")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "-00:00:01", "Queues.VisibilityTimeout")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__messageEncoding", "rot13", "Queues.MessageEncoding")]
    public async Task The_app_refuses_to_start_with_a_sentence_that_names_the_setting(string setting, string value, string named)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "InfluenceFunctions.dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = Nowhere;
        start.Environment[setting] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }

        var all = await output + await error;
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains(named, all, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_cannot_be_reached_is_503_from_health_which_names_the_setting()
    {
        await using var app = await RunningApp.StartAsync(new Influence.Tests.TestAzurite(), ("AzureWebJobsStorage", Nowhere));
        var health = await app.Client.GetAsync("/api/health");
        var body = await health.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("AzureWebJobsStorage", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, body + app.Log, StringComparison.Ordinal);
    }
}
