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
        var connector = ConnectorRegistry.All.First(c => IsNamed(source, c.Source));
        CheckParts(
            source,
            [
                nameof(SourceSettings.Secrets),
                nameof(SourceSettings.VerifyToken),
                .. connector.HasInstances ? [nameof(SourceSettings.Instances)] : (string[])[],
                .. connector.HasPrivate ? [nameof(SourceSettings.IncludePrivate)] : (string[])[],
            ]
        );
        var (secrets, token) = (source.GetSection(nameof(SourceSettings.Secrets)), source.GetSection(nameof(SourceSettings.VerifyToken)));
        CheckSecrets(secrets);
        CheckValue(token);
        if (!string.IsNullOrEmpty(token.Value) && !HasSecret(secrets))
            throw Invalid(token, $"is set, but no secret ({Name(secrets)}__0)");
        var isPrivate = source.GetSection(nameof(SourceSettings.IncludePrivate));
        if (!string.IsNullOrEmpty(isPrivate.Value) && !bool.TryParse(isPrivate.Value, out _))
            throw Invalid(isPrivate, "is neither true nor false");
        CheckInstances(source.GetSection(nameof(SourceSettings.Instances)));
    }

    private static void CheckInstances(IConfigurationSection instances)
    {
        if (!string.IsNullOrEmpty(instances.Value))
            throw Invalid(instances, "is one value, not a section: a secret of a server is __{its host}__Secrets__0");
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in instances.GetChildren())
        {
            CheckParts(instance, [nameof(InstanceSettings.Secrets), nameof(InstanceSettings.Host)]);
            var (secrets, host) = (
                instance.GetSection(nameof(InstanceSettings.Secrets)),
                instance.GetSection(nameof(InstanceSettings.Host))
            );
            CheckSecrets(secrets);
            if (!HasSecret(secrets))
                throw Invalid(instance, $"has no secret ({Name(secrets)}__0)");
            var name = string.IsNullOrEmpty(host.Value) ? instance.Key : host.Value;
            if (HostName.Bring(name) is not { } formed || !formed.Contains('.', StringComparison.Ordinal))
                throw Invalid(host, $"is needed: the host of the server, like forum.example.org, since '{instance.Key}' is none");
            if (!hosts.Add(formed))
                throw Invalid(instance, "is of a host that another section is of as well");
        }
    }

    private static void CheckParts(IConfigurationSection section, string[] known)
    {
        if (section.GetChildren().FirstOrDefault(p => !known.Any(k => IsNamed(p, k))) is { } unknown)
            throw Invalid(unknown, $"is not known here; known are {string.Join(", ", known)}");
    }

    private static void CheckSecrets(IConfigurationSection secrets)
    {
        if (!string.IsNullOrEmpty(secrets.Value))
            throw Invalid(secrets, "is one value, not a list: the first secret ends in __0");
        foreach (var secret in secrets.GetChildren())
            CheckValue(secret);
    }

    private static void CheckValue(IConfigurationSection value)
    {
        if (value.Value?.TrimStart().StartsWith(Unresolved, StringComparison.OrdinalIgnoreCase) == true)
            throw Invalid(value, "is a Key Vault reference that was not resolved");
    }

    private static bool HasSecret(IConfigurationSection secrets) => secrets.GetChildren().Any(s => !string.IsNullOrEmpty(s.Value));

    private static bool IsNamed(IConfigurationSection section, string name) => section.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Name(IConfigurationSection section) => section.Path.Replace(":", "__", StringComparison.Ordinal);

    private static OptionsValidationException Invalid(IConfigurationSection section, string why) =>
        new(SourceSettings.Section, typeof(SourceSettings), [$"The setting '{Name(section)}' {why}."]);
}
