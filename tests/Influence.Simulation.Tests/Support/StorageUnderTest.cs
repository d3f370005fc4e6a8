using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Influence.Simulation.Tests.Support;

/// <summary>The two storages that must behave the same.</summary>
public enum StorageKind
{
    Memory,
    Azurite,
}

/// <summary>Tables and queues of the real thing and in memory, each with a name of its own for every test.</summary>
public sealed class StorageUnderTest : IAsyncLifetime
{
    private readonly TestAzurite azurite = new();
    private readonly InMemoryStorage memory = new(TimeProvider.System);

    public Task InitializeAsync() => azurite.InitializeAsync();

    public Task DisposeAsync() => azurite.DisposeAsync();

    public async Task<TableClient> TableAsync(StorageKind kind)
    {
        var table = NewTable(kind);
        await table.CreateIfNotExistsAsync();
        return table;
    }

    public TableClient NewTable(StorageKind kind)
    {
        var name = $"t{Guid.NewGuid():n}";
        return kind == StorageKind.Memory ? memory.Table(name) : new TableClient(azurite.ConnectionString, name);
    }

    public async Task<QueueClient> QueueAsync(StorageKind kind)
    {
        var queue = NewQueue(kind);
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    public QueueClient NewQueue(StorageKind kind)
    {
        var name = $"q{Guid.NewGuid():n}";
        return kind == StorageKind.Memory
            ? memory.Queue(name)
            : new QueueClient(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });
    }
}

/// <summary>One Azurite for all contract tests.</summary>
[CollectionDefinition(Name)]
public sealed class StorageCollection : ICollectionFixture<StorageUnderTest>
{
    public const string Name = "storage";
}
