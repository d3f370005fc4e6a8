using System.Net;
using System.Net.Sockets;
using Influence.Storage;

namespace InfluenceFunctions.Tests.Settings;

public sealed class BadSettingsTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtdGVzdHM=";
    private const string Nowhere =
        $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};BlobEndpoint=http://127.0.0.1:1/a;"
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
    [InlineData("PublishSchedule", "", "PublishSchedule")]
    [InlineData("Webhooks__gihub__Secrets__0", Key, "Webhooks__gihub")]
    [InlineData("Webhooks__github__Secret", Key, "Webhooks__github__Secret")]
    [InlineData("Webhooks__slack__Secrets", Key, "Webhooks__slack__Secrets")]
    [InlineData("Webhooks__slack__VerifyToken", Key, "Webhooks__slack__VerifyToken")]
    [InlineData("Webhooks__github__Secrets__0", $"@Microsoft.KeyVault(SecretUri=https://{Key}.example)", "Webhooks__github__Secrets__0")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"nonsense;{Key}", "APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", $"collector:4317/{Key}", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("Readers", "closed", "Readers")]
    [InlineData("Readers", "key", "ReaderKeyHashes__0")]
    [InlineData("ReaderKeyHashes__0", Key, "ReaderKeyHashes")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__batchSize", "33", "Queues.BatchSize")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "-00:00:01", "Queues.VisibilityTimeout")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__messageEncoding", "rot13", "Queues.MessageEncoding")]
    public async Task The_app_refuses_to_start_with_a_sentence_that_names_the_setting(string setting, string value, string named)
    {
        var said = await RefusedAsync(RunningApp.Folder, "http://127.0.0.1:0", (setting, value));
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_before_storage_is_started()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var ports = AzuritePorts.Free();
            var storage = Influence.Tests.TestAzurite.ConnectionStringOf(ports.Blob, ports.Queue, ports.Table);
            var said = await RefusedAsync(
                RunningApp.Folder,
                url,
                ("AzureWebJobsStorage", storage),
                ("LocalHost__AzuriteFolder", folder.FullName)
            );
            Assert.Contains(url, said, StringComparison.Ordinal);
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("local.settings.json")]
    public async Task A_file_that_is_not_json_is_named(string file)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (var path in Directory.EnumerateFiles(RunningApp.Folder))
                File.Copy(path, Path.Combine(folder.FullName, Path.GetFileName(path)));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), "{ \"Values\": oops");
            var said = await RefusedAsync(folder.FullName, "http://127.0.0.1:0");
            Assert.Contains(file, said, StringComparison.Ordinal);
            Assert.Contains("LineNumber: 0", said, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Storage_that_cannot_be_reached_is_503_from_health_which_names_the_setting()
    {
        await using var app = await RunningApp.StartAsync(new Influence.Tests.TestAzurite(), ("AzureWebJobsStorage", Nowhere));
        await UnhealthyAsync(app, "does not answer");
    }

    [Fact]
    public async Task Storage_that_refuses_the_key_is_503_from_health_which_names_the_setting()
    {
        using var azurite = new Influence.Tests.TestAzurite();
        await azurite.InitializeAsync();
        var right = azurite.ConnectionString.Split("AccountKey=")[1].Split(';')[0];
        await using var app = await RunningApp.StartAsync(
            azurite,
            ("AzureWebJobsStorage", azurite.ConnectionString.Replace(right, Key, StringComparison.Ordinal))
        );
        await UnhealthyAsync(app, "refuses");
    }

    private static async Task UnhealthyAsync(RunningApp app, string why)
    {
        var health = await app.Client.GetAsync("/api/health");
        var body = await health.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("AzureWebJobsStorage", body, StringComparison.Ordinal);
        Assert.Contains(why, body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, body + app.Log, StringComparison.Ordinal);
    }

    private static Task<string> RefusedAsync(string folder, string url, params (string Name, string Value)[] settings) =>
        RefusedApp.SaysAsync(folder, url, [("AzureWebJobsStorage", Nowhere), .. settings]);
}
