using Azure.Identity;
using InfluenceFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InfluenceFunctions.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    [Fact]
    public void With_no_address_nothing_is_registered()
    {
        var services = new ServiceCollection();
        services.AddTelemetry(Configuration(("OTEL_EXPORTER_OTLP_ENDPOINT", " "), ("OTEL_TRACES_SAMPLER_ARG", "1")));
        Assert.Empty(services);
    }

    // infra writes 0.05 for 5 percent; the host's own default would keep five runs a second.
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("microsoft.fixed_percentage", "1", 1)]
    [InlineData("microsoft.fixed_percentage", "0.05", 0.05f)]
    [InlineData("microsoft.rate_limited", "5", 1)]
    public void The_share_of_runs_is_the_one_that_the_host_keeps(string? sampler, string? argument, float ratio) =>
        Assert.Equal(
            ratio,
            TelemetryExport.RatioOf(Configuration((TelemetryExport.Sampler, sampler), (TelemetryExport.SamplerArgument, argument)))
        );

    [Theory]
    [InlineData("half")]
    [InlineData("50")]
    [InlineData("-1")]
    [InlineData("NaN")]
    public void A_share_that_is_none_is_refused_by_name_and_not_by_value(string argument)
    {
        var configuration = Configuration(
            (TelemetryExport.Sampler, "microsoft.fixed_percentage"),
            (TelemetryExport.SamplerArgument, argument)
        );
        var refusal = Assert.Throws<OptionsValidationException>(() => TelemetryExport.RatioOf(configuration));
        Assert.Equal("The setting 'OTEL_TRACES_SAMPLER_ARG' is not a number from 0 to 1.", refusal.Message);
    }

    [Fact]
    public void The_identity_is_the_one_that_the_hosts_setting_names()
    {
        Assert.Null(TelemetryExport.CredentialOf(null));
        Assert.IsType<ManagedIdentityCredential>(TelemetryExport.CredentialOf("Authorization=AAD"));
        Assert.IsType<ManagedIdentityCredential>(TelemetryExport.CredentialOf("ClientId=9b8d0c1e;Authorization=AAD"));
        var refusal = Assert.Throws<OptionsValidationException>(() => TelemetryExport.CredentialOf("ClientId=9b8d0c1e"));
        Assert.DoesNotContain("9b8d0c1e", refusal.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
