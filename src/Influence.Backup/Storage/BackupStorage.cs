using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Backup.Storage;

/// <summary>The deployment's storage, by the settings that the app itself reads.</summary>
internal sealed class BackupStorage
{
    private static readonly string[] Queues = ["interactions", "interactions-poison", "shards", "shards-poison"];

    private readonly StorageSettings settings;
    private readonly string tablePrefix;
    private readonly string queuePrefix;
    private readonly TableServiceClient tables;

    /// <summary>Reads the settings; nothing is contacted yet.</summary>
    /// <exception cref="BackupFailedException">They are missing or wrong; the message names the one, and tells no value.</exception>
    public BackupStorage(IConfiguration configuration)
    {
        (tablePrefix, queuePrefix) = (configuration["Influence:TablePrefix"] ?? "", configuration["Influence:QueuePrefix"] ?? "");
        try
        {
            settings = StorageSettings.Read(configuration);
            var options = With(new TableClientOptions());
            tables = settings.ConnectionString is { } text ? new(text, options) : new(settings.Tables!, settings.Credential!, options);
            _ = Queue(Queues[0]);
        }
        catch (OptionsValidationException e)
        {
            throw new BackupFailedException(e.Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The cause's message may quote the connection string, so it stays out.
            throw new BackupFailedException($"The setting '{StorageSettings.Setting}' is not a storage connection string.");
        }
    }

    /// <summary>A table of the deployment.</summary>
    public TableClient Table(string name) => tables.GetTableClient(tablePrefix + name);

    /// <summary>The deployment's own row, and the moment by the service's clock; null where there is none.</summary>
    public async Task<(TableEntity Row, DateTimeOffset At)?> DeploymentRowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var row = await Table(DeploymentTables.Accounts)
                .GetEntityIfExistsAsync<TableEntity>(
                    DeploymentTables.Partition,
                    DeploymentTables.Keys,
                    cancellationToken: cancellationToken
                );
            return row.HasValue ? (row.Value!, row.GetRawResponse().Headers.Date!.Value) : null;
        }
        catch (RequestFailedException e) when (TableRows.IsGone(e))
        {
            return null;
        }
    }

    /// <summary>What waits in the queues, or is in work; a queue that is not there has nothing.</summary>
    public async Task<IReadOnlyList<(string Queue, long Messages)>> WaitingAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string, long)>();
        foreach (var name in Queues)
        {
            try
            {
                var queue = await Queue(name).GetPropertiesAsync(cancellationToken);
                if (queue.Value.ApproximateMessagesCountLong > 0)
                    found.Add((name, queue.Value.ApproximateMessagesCountLong));
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // Not made yet: nothing was ever sent.
            }
        }

        return found;
    }

    private QueueClient Queue(string name)
    {
        var options = With(new QueueClientOptions());
        if (settings.ConnectionString is { } text)
            return new QueueClient(text, queuePrefix + name, options);
        return new QueueServiceClient(settings.Queues!, settings.Credential!, options).GetQueueClient(queuePrefix + name);
    }

    private static T With<T>(T options)
        where T : ClientOptions
    {
        // Nobody waits for an answer here: a minute of patience with storage that is busy or away.
        options.Retry.MaxRetries = 6;
        options.Retry.Delay = TimeSpan.FromSeconds(1);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(30);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
        options.Diagnostics.IsLoggingEnabled = false;
        return options;
    }
}
