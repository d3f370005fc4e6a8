using Influence.Connectors;
using Microsoft.Extensions.Configuration;

namespace InfluenceFunctions;

/// <summary>The connectors with the settings of this app, read once.</summary>
public sealed class WebhookSources
{
    private readonly Dictionary<string, SourceSettings> settings = new(StringComparer.Ordinal);

    /// <summary>Reads section <see cref="SourceSettings.Section"/>.</summary>
    public WebhookSources(IConfiguration configuration)
    {
        foreach (var connector in ConnectorRegistry.All)
            settings[connector.Source] = configuration.GetSection($"{SourceSettings.Section}:{connector.Source}").Get<SourceSettings>() ?? new SourceSettings();
    }

    /// <summary>A source that has a secret, by its name.</summary>
    internal (Connector Connector, SourceSettings Settings)? FindOn(string source) =>
        ConnectorRegistry.Find(source) is { } connector && settings[source] is { IsOn: true } on ? (connector, on) : null;

    /// <summary>A source whose deliveries may come with a function key.</summary>
    internal static Connector? FindForwarded(string source) => ConnectorRegistry.Find(source) is { IsForwarded: true } connector ? connector : null;
}
