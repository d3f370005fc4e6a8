using System.Text.RegularExpressions;
using Influence.Pipeline;

namespace Infra.Tests;

public sealed partial class SettingsTests
{
    // What the host and the app read outside of the options' classes.
    private static readonly string[] Host = ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING"];
    private static readonly string[] Storage =
        ["accountName", "blobServiceUri", "clientId", "credential", "queueServiceUri", "tableServiceUri"];
    private static readonly string[] App = ["PublicUrl", "PublishSchedule"];

    // Only tests that share a storage account set it: the triggers name their queues without it.
    private static readonly string[] NeverInAzure = ["Influence__QueuePrefix"];

    private static IEnumerable<string> Read => Host.Concat(App).Concat(Storage.Select(s => $"AzureWebJobsStorage__{s}"))
        .Concat(typeof(InfluenceOptions).GetProperties().Select(p => $"Influence__{p.Name}")).Except(NeverInAzure);

    [Fact]
    public void Every_setting_the_app_reads_is_set_and_no_other() => Assert.Equal(Read.Order(StringComparer.Ordinal), Set().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_is_explained()
    {
        var docs = Template.Text("docs/operations.md");
        Assert.All(Read.Concat(NeverInAzure), name => Assert.Contains($"`{name}`", docs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tablePrefix", "TablePrefix")]
    [InlineData("shardGroups", "ShardGroups")]
    [InlineData("accountsAtATime", "AccountsAtATime")]
    [InlineData("boardSize", "BoardSize")]
    [InlineData("boardRetentionDays", "BoardRetentionDays")]
    [InlineData("maxBoards", "MaxBoards")]
    [InlineData("minBoardSize", "MinBoardSize")]
    [InlineData("settlePasses", "SettlePasses")]
    [InlineData("stallMinutes", "StallMinutes")]
    [InlineData("voteCacheMegabytes", "VoteCacheMegabytes")]
    [InlineData("voteCacheSeconds", "VoteCacheSeconds")]
    [InlineData("shardsPerMessage", "ShardsPerMessage")]
    [InlineData("settleTolerance", "SettleTolerance")]
    [InlineData("boardCacheSeconds", "BoardCacheSeconds")]
    public void Defaults_are_those_of_the_app(string parameter, string property) => Assert.Equal(
        $"{typeof(InfluenceOptions).GetProperty(property)!.GetValue(new InfluenceOptions())}", Template.Main["parameters"]![parameter]!["defaultValue"]!.ToString());

    [Fact]
    public void Every_parameter_is_described_and_limited()
    {
        foreach (var (name, parameter) in Template.Main["parameters"]!.AsObject())
        {
            Assert.False(string.IsNullOrEmpty((string?)parameter!["metadata"]?["description"]), name);
            if ((string?)parameter["type"] == "int") Assert.True(parameter["allowedValues"] is not null || (parameter["minValue"] is not null && parameter["maxValue"] is not null), name);
        }
    }

    [Theory]
    [InlineData("small.bicepparam")]
    [InlineData("large.bicepparam")]
    public void Sizes_compile(string file) => Assert.Contains("instanceMemoryMB", Template.Parameters(file), StringComparison.Ordinal);

    private static IEnumerable<string> Set()
    {
        var settings = Template.Resources(Template.Module("app")).Single(r => (string)r["type"]! == "Microsoft.Web/sites/config");
        return Name().Matches((string)settings["properties"]!).Select(m => m.Groups[1].Value);
    }

    [GeneratedRegex("(?:createObject\\(|, )'((?:[A-Z]+_[A-Z_]+|AzureWebJobsStorage__\\w+|Influence__\\w+|Publi\\w+))', ")]
    private static partial Regex Name();
}
