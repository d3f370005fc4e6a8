using System.Text.Json;

namespace Infra.Tests;

public sealed class SettingsTests
{
    // What the host and the app read outside of the options' classes.
    private static readonly string[] Host =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsDisableHomepage",
        "OTEL_TRACES_SAMPLER",
        "OTEL_TRACES_SAMPLER_ARG",
    ];
    private static readonly string[] Storage =
    [
        "accountName",
        "blobServiceUri",
        "clientId",
        "credential",
        "queueServiceUri",
        "tableServiceUri",
    ];
    private static readonly string[] App = ["PublicUrl", "PublishSchedule"];

    // A connection string would be a secret; the prefix is for tests that share a storage account: the triggers name their queues without
    // it.
    private static readonly string[] NeverInAzure = ["AzureWebJobsStorage", "Influence__QueuePrefix"];

    private static IEnumerable<string> Read =>
        Host.Concat(App)
            .Concat(Storage.Select(s => $"AzureWebJobsStorage__{s}"))
            .Concat(typeof(InfluenceOptions).GetProperties().Select(p => $"Influence__{p.Name}"))
            .Except(NeverInAzure);

    [Fact]
    public void Every_setting_the_app_reads_is_set_and_no_other() =>
        Assert.Equal(Read.Order(StringComparer.Ordinal), AppSettings.Read().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_is_explained_and_no_other() =>
        Assert.Equal(
            Read.Concat(NeverInAzure).Order(StringComparer.Ordinal),
            Docs.Rows("## Settings").Select(r => r[0]).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_option_is_set_by_the_parameter_of_its_name()
    {
        var settings = AppSettings.Read();
        Assert.All(
            Read.Where(n => n.StartsWith("Influence__", StringComparison.Ordinal) || App.Contains(n)),
            name =>
            {
                var parameter = JsonNamingPolicy.CamelCase.ConvertName(name.Replace("Influence__", "", StringComparison.Ordinal));
                Assert.Contains(settings[name], new[] { $"parameters('{parameter}')", $"string(parameters('{parameter}'))" });
            }
        );
    }

    [Theory]
    [InlineData("AzureWebJobsStorage__accountName", "parameters('storageName')")]
    [InlineData("AzureWebJobsStorage__clientId", "parameters('identityClientId')")]
    [InlineData("AzureWebJobsStorage__credential", "'managedidentity'")]
    [InlineData(
        "AzureWebJobsStorage__blobServiceUri",
        "reference(resourceId('Microsoft.Storage/storageAccounts', parameters('storageName')), '2024-01-01').primaryEndpoints.blob"
    )]
    [InlineData(
        "AzureWebJobsStorage__queueServiceUri",
        "reference(resourceId('Microsoft.Storage/storageAccounts', parameters('storageName')), '2024-01-01').primaryEndpoints.queue"
    )]
    [InlineData(
        "AzureWebJobsStorage__tableServiceUri",
        "reference(resourceId('Microsoft.Storage/storageAccounts', parameters('storageName')), '2024-01-01').primaryEndpoints.table"
    )]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "format('ClientId={0};Authorization=AAD', parameters('identityClientId'))")]
    [InlineData(
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "reference(resourceId('Microsoft.Insights/components', parameters('insightsName')), '2020-02-02').ConnectionString"
    )]
    [InlineData("AzureWebJobsDisableHomepage", "'true'")]
    [InlineData("OTEL_TRACES_SAMPLER", "'microsoft.fixed_percentage'")]
    [InlineData(
        "OTEL_TRACES_SAMPLER_ARG",
        "if(equals(parameters('telemetryPercent'), 100), '1', format('0.{0}', padLeft(parameters('telemetryPercent'), 2, '0')))"
    )]
    public void What_the_host_reads_leads_to_the_apps_own_resources(string setting, string value) =>
        Assert.Equal(value, AppSettings.Read()[setting]);

    [Theory]
    [InlineData("app")]
    [InlineData("storage")]
    [InlineData("alerts")]
    public void A_parameter_reaches_the_module_under_its_name(string module) =>
        Assert.All(
            AppSettings.Given(module).Where(p => Template.Main["parameters"]!.AsObject().ContainsKey(p.Key)),
            p => Assert.Equal($"[parameters('{p.Key}')]", p.Value)
        );

    [Fact]
    public void The_first_page_is_the_apps_own_everywhere() =>
        Assert.Contains(
            "\"AzureWebJobsDisableHomepage\": \"true\"",
            Template.Text("src/InfluenceFunctions/local.settings.json"),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_schedule_is_the_same_everywhere()
    {
        var schedule = Template.Main["parameters"]!["publishSchedule"]!["defaultValue"]!.ToString();
        Assert.Contains($"PublishSchedule=\"{schedule}\"", Template.Text("Dockerfile"), StringComparison.Ordinal);
        Assert.Contains(
            $"\"PublishSchedule\": \"{schedule}\"",
            Template.Text("src/InfluenceFunctions/local.settings.json"),
            StringComparison.Ordinal
        );
        Assert.Contains($"| `PublishSchedule` | `{schedule}` in infra |", Template.Text("docs/operations.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tablePrefix", "TablePrefix")]
    [InlineData("partitions", "Partitions")]
    [InlineData("accountCacheMegabytes", "AccountCacheMegabytes")]
    [InlineData("accountsAtATime", "AccountsAtATime")]
    [InlineData("boardSize", "BoardSize")]
    [InlineData("boardRetentionDays", "BoardRetentionDays")]
    [InlineData("maxBoards", "MaxBoards")]
    [InlineData("minBoardSize", "MinBoardSize")]
    [InlineData("settlePasses", "SettlePasses")]
    [InlineData("settleVoteMegabytes", "SettleVoteMegabytes")]
    [InlineData("stallMinutes", "StallMinutes")]
    [InlineData("voteCacheMegabytes", "VoteCacheMegabytes")]
    [InlineData("voteCacheSeconds", "VoteCacheSeconds")]
    [InlineData("shardsPerMessage", "ShardsPerMessage")]
    [InlineData("settleTolerance", "SettleTolerance")]
    [InlineData("boardCacheSeconds", "BoardCacheSeconds")]
    [InlineData("healthCacheSeconds", "HealthCacheSeconds")]
    [InlineData("cardCacheSeconds", "CardCacheSeconds")]
    [InlineData("pageCacheSeconds", "PageCacheSeconds")]
    [InlineData("maxConcurrentWrites", "MaxConcurrentWrites")]
    [InlineData("maxBacklogSeconds", "MaxBacklogSeconds")]
    [InlineData("itemsPerMinute", "ItemsPerMinute")]
    [InlineData("requireNamedWriters", "RequireNamedWriters")]
    public void Defaults_are_those_of_the_app(string parameter, string property) =>
        Assert.Equal(
            $"{typeof(InfluenceOptions).GetProperty(property)!.GetValue(new InfluenceOptions())}",
            Template.Main["parameters"]![parameter]!["defaultValue"]!.ToString(),
            ignoreCase: true
        );

    [Fact]
    public void Every_parameter_is_described_and_limited()
    {
        foreach (var (name, parameter) in Template.Main["parameters"]!.AsObject())
        {
            Assert.False(string.IsNullOrEmpty((string?)parameter!["metadata"]?["description"]), name);
            if ((string?)parameter["type"] == "int")
                Assert.True(
                    parameter["allowedValues"] is not null || (parameter["minValue"] is not null && parameter["maxValue"] is not null),
                    name
                );
        }
    }
}
