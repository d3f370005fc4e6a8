using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Influence.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Storage;

/// <summary>Connects to storage by the <c>AzureWebJobsStorage</c> settings that the Functions host itself uses.</summary>
/// <remarks>A connection string or an identity; nowhere else is it known which.</remarks>
public sealed class StorageConnection
{
    /// <summary>The setting's name.</summary>
    public const string Setting = StorageSettings.Setting;

    private readonly StorageSettings settings;
    private readonly string tablePrefix;
    private readonly string queuePrefix;
    private readonly TableServiceClient tables;
    private readonly StorageRequests requests;
    private readonly HttpPipelineTransport? transport;

    /// <summary>Reads the connection; nothing is contacted yet.</summary>
    /// <param name="configuration">Holds the <c>AzureWebJobsStorage</c> settings.</param>
    /// <param name="options">The prefixes of tables and queues.</param>
    /// <param name="requests">Counts requests.</param>
    /// <param name="transport">Carries requests; the SDK's own unless one is registered.</param>
    /// <exception cref="OptionsValidationException">
    /// The settings are missing, wrong or half of what is needed; the message names the one.
    /// </exception>
    public StorageConnection(
        IConfiguration configuration,
        IOptions<InfluenceOptions> options,
        StorageRequests requests,
        HttpPipelineTransport? transport = null
    )
    {
        (this.requests, this.transport) = (requests, transport);
        (tablePrefix, queuePrefix) = (options.Value.TablePrefix, options.Value.QueuePrefix);
        settings = StorageSettings.Read(configuration);
        try
        {
            var table = With(new TableClientOptions(), new StorageSpans(StorageSpans.Tables, null));
            tables = settings.ConnectionString is { } text ? new(text, table) : new(settings.Tables!, settings.Credential!, table);
            _ = Queue(QueueNames.Interactions);
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
    public QueueClient Queue(string name)
    {
        var spans = new StorageSpans(StorageSpans.Queues, queuePrefix + name);
        var options = With(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, spans);
        if (settings.ConnectionString is { } text)
            return new QueueClient(text, queuePrefix + name, options);
        return new QueueServiceClient(settings.Queues!, settings.Credential!, options).GetQueueClient(queuePrefix + name);
    }

    private T With<T>(T options, StorageSpans spans)
        where T : ClientOptions
    {
        options.AddPolicy(requests, HttpPipelinePosition.PerRetry);
        options.AddPolicy(spans, HttpPipelinePosition.PerRetry);
        options.AddPolicy(new AnswerCheck(isQueue: options is QueueClientOptions), HttpPipelinePosition.PerRetry);
        // An HTTP caller waits behind this: a few quick tries, then an honest 503.
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        options.Diagnostics.IsLoggingEnabled = false;
        if (transport is not null)
            options.Transport = transport;
        return options;
    }

    private static OptionsValidationException Invalid(string why) => new(Setting, typeof(string), [$"The setting '{Setting}' {why}."]);
}
