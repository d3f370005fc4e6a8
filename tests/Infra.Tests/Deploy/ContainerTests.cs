using System.Diagnostics;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Influence.Tests;

namespace Infra.Tests.Deploy;

/// <summary>The Dockerfile, the compose file and the key file, against the product and each other.</summary>
public sealed class ContainerTests
{
    private static readonly ComposeService App = ComposeFile.Current.Services["app"];

    private static string Dockerfile { get; } = Template.Text("Dockerfile");

    private static string Port { get; } = ContainerSettings.OfImage["ASPNETCORE_URLS"].Split(':')[^1];

    [Fact]
    public void Images_are_of_the_version_of_NET_that_the_app_targets()
    {
        var target = Framework();
        Assert.Contains($"FROM mcr.microsoft.com/dotnet/sdk:{target} AS build\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains(
            $"\nFROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated{target}\n",
            Dockerfile,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_host_finds_the_app_where_it_is_copied_to() =>
        Assert.Contains(
            $"\nCOPY --from=build /app {ContainerSettings.OfImage["AzureWebJobsScriptRoot"]}\n",
            Dockerfile,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_port_is_the_same_everywhere()
    {
        Assert.Contains($"\nEXPOSE {Port}\n", Dockerfile, StringComparison.Ordinal);
        Assert.All(App.Ports, p => Assert.EndsWith($":{Port}", p, StringComparison.Ordinal));
        Assert.Contains($"/dev/tcp/127.0.0.1/{Port}\n", App.Healthcheck!.Test[^1], StringComparison.Ordinal);
        Assert.All(Manifests.Deployments, d => Assert.Equal(Port, $"{Assert.Single(Manifests.Container(d).Ports).ContainerPort}"));
    }

    [Fact]
    public void Every_setting_is_one_that_the_docs_explain()
    {
        var set = ContainerSettings.OfImage.Keys.Concat(ComposeFile.Current.Services.Values.SelectMany(s => s.Environment.Keys));
        Assert.Equal([], set.Where(name => !ContainerSettings.IsDocumented(name)));
    }

    [Fact]
    public void Every_setting_of_a_container_that_the_docs_explain_is_set()
    {
        var set = ContainerSettings
            .OfImage.Keys.Concat(App.Environment.Keys)
            .Concat(Manifests.Deployments.SelectMany(d => Manifests.Environment(d).Keys));
        Assert.Equal([], Docs.Rows("### Settings of the container").Select(r => r[0].Split('`')[0]).Except(set));
    }

    // Without these the host would show its own page, or write its log nowhere.
    [Theory]
    [InlineData("AzureWebJobsDisableHomepage", "true")]
    [InlineData("AzureFunctionsJobHost__Logging__Console__IsEnabled", "true")]
    [InlineData("AzureWebJobsSecretStorageType", "files")]
    public void The_image_sets(string setting, string value) => Assert.Equal(value, ContainerSettings.OfImage[setting]);

    [Fact]
    public void Only_this_machine_reaches_the_tried_app() =>
        Assert.All(
            ComposeFile.Current.Services.Values.SelectMany(s => s.Ports),
            p => Assert.StartsWith("127.0.0.1:", p, StringComparison.Ordinal)
        );

    [Fact]
    public void Azurite_is_of_the_version_that_the_tests_use()
    {
        var version = (string)JsonNode.Parse(Template.Text("package.json"))!["dependencies"]!["azurite"]!;
        Assert.Equal($"mcr.microsoft.com/azure-storage/azurite:{version}", ComposeFile.Current.Services["storage"].Image);
    }

    [Fact]
    public void The_tried_app_reaches_Azurite_by_the_name_of_its_service()
    {
        var connection = App.Environment["AzureWebJobsStorage"];
        Assert.Equal(new Uri("http://storage:10000/devstoreaccount1"), new BlobServiceClient(connection).Uri);
        Assert.Equal(new Uri("http://storage:10001/devstoreaccount1"), new QueueServiceClient(connection).Uri);
        Assert.Equal(new Uri("http://storage:10002/devstoreaccount1"), new TableServiceClient(connection).Uri);
    }

    [Fact]
    public void The_health_check_asks_the_route_that_asks_nothing_of_storage()
    {
        var route = Docs.Rows("## What runs").Single(r => r[0] == "GetLive")[1].Split(' ')[1];
        Assert.Contains($"'GET {route} HTTP/1.1\\r\\n", App.Healthcheck!.Test[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_come_from_a_file_that_must_be_named()
    {
        var secret = Assert.Single(App.Secrets);
        Assert.Equal($"{ContainerSettings.OfImage["FUNCTIONS_SECRETS_PATH"]}/host.json", secret.Target);
        Assert.StartsWith("${INFLUENCE_KEYS:?", ComposeFile.Current.Secrets[secret.Source].File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_has_a_random_key_for_each_name()
    {
        var (first, second) = (JsonNode.Parse(await KeysAsync("shop", "forum-2"))!, JsonNode.Parse(await KeysAsync())!);
        Assert.Equal(["shop", "forum-2"], first["functionKeys"]!.AsArray().Select(k => (string)k!["name"]!));
        Assert.Equal(["default"], second["functionKeys"]!.AsArray().Select(k => (string)k!["name"]!));
        var keys = new[] { first, second }.SelectMany(f => f["functionKeys"]!.AsArray().Append(f["masterKey"]!)).ToArray();
        Assert.All(keys, k => Assert.Matches("^[0-9a-f]{64}$", (string)k!["value"]!));
        Assert.All(keys, k => Assert.False((bool)k!["encrypted"]!));
        Assert.Equal(keys.Length, keys.Select(k => (string)k!["value"]!).Distinct().Count());
    }

    private static string Framework() => Template.Text("Directory.Build.props").Split("<TargetFramework>net")[1].Split('<')[0];

    private static async Task<string> KeysAsync(params string[] names)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Template.Root, "deploy", "keys"), .. names])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var keys = Process.Start(start)!;
        var said = keys.StandardOutput.ReadToEndAsync();
        await Eventually.EndsAsync(keys, "deploy/keys");
        Assert.Equal(0, keys.ExitCode);
        return await said;
    }
}
