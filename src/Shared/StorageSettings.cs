using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Storage;

/// <summary>
/// How storage is reached, by the settings that the Functions host reads too. <c>AzureWebJobsStorage</c> is a connection string, or
/// <c>AzureWebJobsStorage__accountName</c> and its kin for an identity. What is only half configured is refused with the setting's name.
/// </summary>
/// <param name="ConnectionString">Null when it is reached by an identity.</param>
/// <param name="Blobs">The blob service; null with a connection string.</param>
/// <param name="Queues">The queue service; null with a connection string.</param>
/// <param name="Tables">The table service; null with a connection string.</param>
/// <param name="Credential">The identity; null with a connection string.</param>
/// <remarks>Compiled into the pipeline and into the local host, which stands for the host and shares no assembly with the app.</remarks>
internal sealed record StorageSettings(string? ConnectionString, Uri? Blobs, Uri? Queues, Uri? Tables, TokenCredential? Credential)
{
    public const string Setting = "AzureWebJobsStorage";
    private const string ManagedIdentity = "managedidentity";
    private static readonly string[] Services = ["blob", "queue", "table"];
    private static readonly string[] Known = ["accountName", "credential", "clientId", .. Services.Select(ServiceUri)];

    /// <exception cref="OptionsValidationException">
    /// Nothing is configured, or half of it; the message is a sentence without any value that may be secret.
    /// </exception>
    public static StorageSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        var parts = section
            .GetChildren()
            .Where(c => !string.IsNullOrWhiteSpace(c.Value))
            .ToDictionary(c => c.Key, c => c.Value!.Trim(), StringComparer.OrdinalIgnoreCase);
        if (parts.Keys.FirstOrDefault(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Invalid(unknown, $"is not known here; known are {string.Join(", ", Known.Select(Name))}");
        if (section.Value is { Length: > 0 } text)
            return parts.Count == 0 ? new(text, null, null, null, null) : throw Both(parts.Keys.First());
        if (parts.Count == 0)
            throw new OptionsValidationException(
                Setting,
                typeof(string),
                [$"The setting '{Setting}' is not set: a connection string, or '{Name("accountName")}' for an identity."]
            );
        var account = Account(parts);
        var (blobs, queues, tables) = (Service(parts, "blob", account), Service(parts, "queue", account), Service(parts, "table", account));
        return new(null, blobs, queues, tables, Identity(parts));
    }

    private static string? Account(Dictionary<string, string> parts)
    {
        if (!parts.TryGetValue("accountName", out var account))
            return null;
        return account.Length is >= 3 and <= 24 && account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? account
            : throw Invalid("accountName", "is no name of a storage account (3–24 lower-case letters and digits)");
    }

    private static Uri Service(Dictionary<string, string> parts, string service, string? account)
    {
        var name = ServiceUri(service);
        if (!parts.TryGetValue(name, out var text))
            return account is not null
                ? new($"https://{account}.{service}.core.windows.net")
                : throw Invalid(name, $"is not set, nor is '{Name("accountName")}', from which it would follow");
        // Tokens go by TLS alone, and a signature or password in an address would be a secret where none is expected.
        var isPlain =
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https", Query: "", Fragment: "", UserInfo: "" };
        return isPlain ? uri! : throw Invalid(name, "is not an https address without query");
    }

    private static TokenCredential Identity(Dictionary<string, string> parts)
    {
        var isManaged = parts.TryGetValue("credential", out var credential);
        if (isManaged && !credential!.Equals(ManagedIdentity, StringComparison.OrdinalIgnoreCase))
            throw Invalid("credential", $"is neither absent nor '{ManagedIdentity}'");
        var hasClient = parts.TryGetValue("clientId", out var client);
        if (hasClient && !isManaged)
            throw Invalid("clientId", $"is set, but '{Name("credential")}' is not '{ManagedIdentity}'");
        if (hasClient && !Guid.TryParse(client, out _))
            throw Invalid("clientId", "is not the client id of an identity (a GUID)");
        if (!isManaged)
            return new DefaultAzureCredential();
        return new ManagedIdentityCredential(
            hasClient ? ManagedIdentityId.FromUserAssignedClientId(client!) : ManagedIdentityId.SystemAssigned
        );
    }

    private static string ServiceUri(string service) => $"{service}ServiceUri";

    private static string Name(string part) => $"{Setting}__{part}";

    private static OptionsValidationException Both(string part) =>
        new(
            Setting,
            typeof(string),
            [$"The settings '{Setting}' (a connection string) and '{Name(part)}' (an identity) are both set: keep one of the two ways."]
        );

    private static OptionsValidationException Invalid(string part, string why) =>
        new(Setting, typeof(string), [$"The setting '{Name(part)}' {why}."]);
}
