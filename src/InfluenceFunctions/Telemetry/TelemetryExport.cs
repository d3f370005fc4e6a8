using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace InfluenceFunctions.Telemetry;

/// <summary>Traces, metrics and logs by OpenTelemetry, to whom the settings name.</summary>
/// <remarks>
/// <para>
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> sends to a collector, <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> to Azure Monitor; both may be set.
/// The other half is <c>telemetryMode</c> in host.json: the host then leaves the worker's lines to the worker.
/// </para>
/// <para>There is no instrumentation of ASP.NET Core: the host has a span of each request, and the worker's would be a second one.</para>
/// </remarks>
internal static class TelemetryExport
{
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    public const string Sampler = "OTEL_TRACES_SAMPLER";
    public const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    /// <summary>Sets up what the settings ask for.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var toCollector = !string.IsNullOrWhiteSpace(configuration[OtlpEndpoint]);
        var toAzure = !string.IsNullOrWhiteSpace(configuration[AzureMonitor]);
        if (!toCollector && !toAzure)
            return services;
        // The exporter would take another address for one that it cannot read, and say so nowhere.
        if (toCollector && !IsAddress(configuration[OtlpEndpoint]))
            throw Invalid(OtlpEndpoint, "is not an address that begins with http:// or https://");
        var telemetry = services
            .AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(PipelineTraces.SourceName))
            .WithMetrics(metrics => metrics.AddMeter([.. MetricCatalogue.Meters]))
            .WithLogging();
        // The alerts read lines as they are written, not their templates.
        services.Configure<OpenTelemetryLoggerOptions>(options => options.IncludeFormattedMessage = true);
        if (toCollector)
            telemetry.UseOtlpExporter();
        if (toAzure)
        {
            // Read now: what is wrong ends the start.
            var (ratio, credential) = (RatioOf(configuration), CredentialOf(configuration[Authentication]));
            var parts = PartsOf(configuration[AzureMonitor]!);
            if (parts["InstrumentationKey"].FirstOrDefault() is null or "" || parts["IngestionEndpoint"].Any(e => !IsAddress(e)))
                throw Invalid(AzureMonitor, "is not a connection string of Application Insights");
            telemetry.UseAzureMonitorExporter(options => Configure(options, configuration[AzureMonitor]!, ratio, credential));
        }

        return services;
    }

    // Left alone, the exporter keeps five traces a second, for the collector too.
    private static void Configure(AzureMonitorExporterOptions options, string address, float ratio, TokenCredential? credential)
    {
        (options.ConnectionString, options.Credential) = (address, credential);
        (options.TracesPerSecond, options.SamplingRatio) = (null, ratio);
        // The host's own live metrics go on; a second stream would only cost.
        options.EnableLiveMetrics = false;
    }

    /// <summary>The share of runs to keep, as infra sets it for host and worker alike; all where nothing is set.</summary>
    internal static float RatioOf(IConfiguration configuration)
    {
        if (!string.Equals(configuration[Sampler]?.Trim(), "microsoft.fixed_percentage", StringComparison.OrdinalIgnoreCase))
            return 1;
        return
            float.TryParse(configuration[SamplerArgument], NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio)
            && ratio is >= 0 and <= 1
            ? ratio
            : throw Invalid(SamplerArgument, "is not a number from 0 to 1");
    }

    /// <summary>The identity that <c>Authorization=AAD</c> asks for, the host's own words; null for none.</summary>
    internal static TokenCredential? CredentialOf(string? authentication)
    {
        if (string.IsNullOrWhiteSpace(authentication))
            return null;
        var parts = PartsOf(authentication);
        if (!string.Equals(parts["Authorization"].FirstOrDefault(), "AAD", StringComparison.OrdinalIgnoreCase))
            throw Invalid(Authentication, "does not say 'Authorization=AAD'");
        return new ManagedIdentityCredential(
            parts["ClientId"].FirstOrDefault() is { Length: > 0 } client
                ? ManagedIdentityId.FromUserAssignedClientId(client)
                : ManagedIdentityId.SystemAssigned
        );
    }

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static ILookup<string, string> PartsOf(string setting) =>
        setting
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToLookup(p => p[0], p => p.ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);

    private static OptionsValidationException Invalid(string setting, string why) =>
        new(setting, typeof(string), [$"The setting '{setting}' {why}."]);
}
