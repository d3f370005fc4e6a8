using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Tests.Settings;

public sealed class HostJsonTests
{
    [Fact]
    public void What_is_not_set_has_the_hosts_default()
    {
        var queues = Read("{}").Extensions.Queues;
        Assert.Equal(
            (16, 5, TimeSpan.Zero, TimeSpan.FromMinutes(1), true),
            (queues.BatchSize, queues.MaxDequeueCount, queues.VisibilityTimeout, queues.MaxPollingInterval, queues.IsBase64)
        );
        Assert.Equal(8 * Environment.ProcessorCount, queues.Threshold);
        Assert.Equal("api", Read("{}").Extensions.Http.RoutePrefix);
    }

    [Fact]
    public void The_projects_own_host_json_is_understood()
    {
        var host = FunctionsHost.ReadHostJson(
            Path.Combine(Influence.Tests.TestAzurite.Root, "host.json"),
            new ConfigurationBuilder().Build()
        );
        Assert.False(host.Extensions.Queues.IsBase64);
    }

    [Fact]
    public void Its_list_of_functions_is_read()
    {
        Assert.Empty(Read("{}").Functions);
        Assert.Equal(["One", "Two"], Read("""{"functions":["One","Two"]}""").Functions);
    }

    [Fact]
    public void A_setting_comes_before_the_file()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("AzureFunctionsJobHost:extensions:queues:batchSize", (string?)"7")])
            .Build();
        Assert.Equal(7, Read("""{"extensions":{"queues":{"batchSize":3}}}""", settings).Extensions.Queues.BatchSize);
    }

    [Theory]
    [InlineData("""{"extensions":{"queues":{"batchSize":33}}}""", "BatchSize")]
    [InlineData("""{"extensions":{"queues":{"maxDequeueCount":0}}}""", "MaxDequeueCount")]
    [InlineData("""{"extensions":{"queues":{"messageEncoding":"rot13"}}}""", "MessageEncoding")]
    public void A_value_out_of_range_is_named(string json, string name)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(json));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static HostJson Read(string json, IConfiguration? settings = null)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            return FunctionsHost.ReadHostJson(path, settings ?? new ConfigurationBuilder().Build());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
