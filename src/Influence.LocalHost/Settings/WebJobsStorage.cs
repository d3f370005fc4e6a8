using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Settings;

/// <summary>The host's own storage: by connection string, or by an identity.</summary>
internal sealed class WebJobsStorage
{
    public const string Setting = StorageSettings.Setting;
    public const string Development = "UseDevelopmentStorage=true";

    private readonly StorageSettings settings;

    /// <summary>Reads the settings; nothing is contacted yet.</summary>
    /// <exception cref="OptionsValidationException">They are missing, wrong or half of what is needed.</exception>
    public WebJobsStorage(IConfiguration configuration)
    {
        settings = StorageSettings.Read(configuration);
        try
        {
            (_, _) = (Queue("any"), Container("any"));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The cause's message may quote the connection string, so it stays out.
            throw new OptionsValidationException(Setting, typeof(string), [$"The setting '{Setting}' is not a storage connection string."]);
        }
    }

    /// <summary>A queue whose bodies are moved as they are: an undecodable one can then be told and kept.</summary>
    public QueueClient Queue(string name)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        if (settings.ConnectionString is { } text)
            return new QueueClient(text, name, options);
        return new QueueServiceClient(settings.Queues!, settings.Credential!, options).GetQueueClient(name);
    }

    public BlobContainerClient Container(string name) =>
        settings.ConnectionString is { } text
            ? new BlobContainerClient(text, name)
            : new BlobServiceClient(settings.Blobs!, settings.Credential!).GetBlobContainerClient(name);

    /// <summary>Whether an exception means that storage, or the identity's service before it, does not answer.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RequestFailedException or AggregateException or AuthenticationFailedException;

    /// <summary>Where Azurite is to answer for the storage that is set; null when it is not this app's to start.</summary>
    /// <exception cref="OptionsValidationException">A folder for Azurite is set, but the addresses are not of this machine.</exception>
    public static AzuritePorts? LocalPorts(IConfiguration configuration, LocalHostOptions options)
    {
        var text = configuration[Setting]?.Trim().TrimEnd(';') ?? "";
        if (text.Equals(Development, StringComparison.OrdinalIgnoreCase))
            return AzuritePorts.Development;
        if (options.AzuriteFolder is null)
            return null;
        var parts = text.Split(';').Select(p => p.Split('=', 2)).ToLookup(p => p[0].Trim(), p => p[^1], StringComparer.OrdinalIgnoreCase);
        return new AzuritePorts(Port("Blob"), Port("Queue"), Port("Table"));

        int Port(string service) =>
            Uri.TryCreate(parts[$"{service}Endpoint"].FirstOrDefault(), UriKind.Absolute, out var uri) && uri.IsLoopback
                ? uri.Port
                : throw new OptionsValidationException(
                    Setting,
                    typeof(string),
                    [
                        $"The setting '{LocalHostOptions.Section}:{nameof(LocalHostOptions.AzuriteFolder)}' is set, "
                            + $"but '{Setting}' has no {service}Endpoint on this machine.",
                    ]
                );
    }
}
