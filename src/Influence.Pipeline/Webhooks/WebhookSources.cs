using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Webhooks;

/// <summary>The connectors with their settings, read once and validated at startup.</summary>
/// <remarks>A setting that is misspelt ends the start: a webhook would be off unseen.</remarks>
public sealed class WebhookSources
{
    // What Azure leaves in a setting whose secret it could not read: as a secret it would be one that can be guessed.
    private const string Unresolved = "@Microsoft.KeyVault(";

    private readonly Dictionary<string, SourceSettings> settings = new(StringComparer.Ordinal);

    /// <summary>Reads section <see cref="SourceSettings.Section"/>.</summary>
    /// <exception cref="OptionsValidationException">
    /// A source or a part of one is unknown, or only half set; the message names the setting, and no value.
    /// </exception>
    public WebhookSources(IConfiguration configuration)
    {
        var webhooks = configuration.GetSection(SourceSettings.Section);
        foreach (var source in webhooks.GetChildren())
            Check(source);
        foreach (var connector in ConnectorRegistry.All)
            settings[connector.Source] = webhooks.GetSection(connector.Source).Get<SourceSettings>() ?? new SourceSettings();
    }

    /// <summary>A source that has a secret, by its name.</summary>
    internal (Connector Connector, SourceSettings Settings)? FindOn(string source) =>
        ConnectorRegistry.Find(source) is { } connector && settings[source] is { IsOn: true } on ? (connector, on) : null;

    /// <summary>A source whose deliveries may come with a function key.</summary>
    internal static Connector? FindForwarded(string source) =>
        ConnectorRegistry.Find(source) is { IsForwarded: true } connector ? connector : null;

    private static void Check(IConfigurationSection source)
    {
        if (!ConnectorRegistry.All.Any(c => IsNamed(source, c.Source)))
            throw Invalid(
                source,
                $"is of no source that is known here; known are {string.Join(", ", ConnectorRegistry.All.Select(c => c.Source))}"
            );
        foreach (var part in source.GetChildren())
        {
            if (!IsNamed(part, nameof(SourceSettings.Secrets)) && !IsNamed(part, nameof(SourceSettings.VerifyToken)))
                throw Invalid(
                    part,
                    $"is not known here; known are {nameof(SourceSettings.Secrets)}__0, {nameof(SourceSettings.Secrets)}__1 … and "
                        + nameof(SourceSettings.VerifyToken)
                );
        }

        CheckValues(source.GetSection(nameof(SourceSettings.Secrets)), source.GetSection(nameof(SourceSettings.VerifyToken)));
    }

    private static void CheckValues(IConfigurationSection secrets, IConfigurationSection token)
    {
        var all = secrets.GetChildren().ToList();
        if (!string.IsNullOrEmpty(secrets.Value))
            throw Invalid(secrets, "is one value, not a list: the first secret ends in __0");
        if (
            all.Append(token)
                .FirstOrDefault(s => s.Value?.TrimStart().StartsWith(Unresolved, StringComparison.OrdinalIgnoreCase) == true) is
            { } unresolved
        )
            throw Invalid(unresolved, "is a Key Vault reference that was not resolved");
        if (!string.IsNullOrEmpty(token.Value) && all.TrueForAll(s => string.IsNullOrEmpty(s.Value)))
            throw Invalid(token, $"is set, but no secret ({Name(secrets)}__0)");
    }

    private static bool IsNamed(IConfigurationSection section, string name) => section.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Name(IConfigurationSection section) => section.Path.Replace(":", "__", StringComparison.Ordinal);

    private static OptionsValidationException Invalid(IConfigurationSection section, string why) =>
        new(SourceSettings.Section, typeof(SourceSettings), [$"The setting '{Name(section)}' {why}."]);
}
