using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Influence.Pipeline.Storage;

/// <summary>A factory of storage clients: <see cref="StorageConnection"/>'s, unless another is registered first.</summary>
/// <param name="table">Makes the client of a table, by the name the design gives it.</param>
/// <param name="queue">Makes the client of a queue.</param>
public sealed class StorageClients(Func<string, TableClient> table, Func<string, QueueClient> queue)
{
    /// <summary>The client of a table.</summary>
    public TableClient Table(string name) => table(name);

    /// <summary>The client of a queue.</summary>
    public QueueClient Queue(string name) => queue(name);
}
