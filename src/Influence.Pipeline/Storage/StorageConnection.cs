using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>The one place that knows how storage is reached: the <c>AzureWebJobsStorage</c> that the Functions host itself uses.</summary>
public sealed class StorageConnection
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "AzureWebJobsStorage";

    private readonly string connectionString;
    private readonly string tablePrefix;
    private readonly string queuePrefix;
    private readonly TableServiceClient tables;
    private readonly StorageRequests requests;

    /// <summary>Reads the connection; nothing is contacted yet.</summary>
    /// <exception cref="OptionsValidationException">The setting is missing or no connection string.</exception>
    public StorageConnection(IConfiguration configuration, IOptions<InfluenceOptions> options, StorageRequests requests)
    {
        this.requests = requests;
        (tablePrefix, queuePrefix) = (options.Value.TablePrefix, options.Value.QueuePrefix);
        connectionString = configuration[Setting] is { Length: > 0 } value ? value : throw Invalid("is not set");
        try
        {
            tables = new TableServiceClient(connectionString, With(new TableClientOptions()));
            _ = new QueueClient(connectionString, "interactions");
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The cause's message may quote the connection string, so it stays out.
            throw Invalid("is not a storage connection string");
        }
    }

    /// <summary>A table of this deployment, by the name the design gives it.</summary>
    public TableClient Table(string name) => tables.GetTableClient(tablePrefix + name);

    /// <summary>A queue that carries text as it is (host.json: messageEncoding none).</summary>
    public QueueClient Queue(string name) => new(connectionString, queuePrefix + name, With(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }));

    private T With<T>(T options) where T : ClientOptions
    {
        options.AddPolicy(requests, HttpPipelinePosition.PerRetry);
        // An HTTP caller waits behind this: a few quick tries, then an honest 503.
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        options.Diagnostics.IsLoggingEnabled = false;
        return options;
    }

    private static OptionsValidationException Invalid(string why) => new(Setting, typeof(string), [$"The setting '{Setting}' {why}."]);
}
