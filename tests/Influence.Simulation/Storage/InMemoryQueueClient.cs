using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Influence.Simulation.Storage;

/// <summary>
/// A <see cref="QueueClient"/> over memory, for text as it is (no message encoding). It overrides what the product calls; the other methods
/// of messages throw <see cref="NotSupportedException"/> with their name.
/// </summary>
internal sealed class InMemoryQueueClient(InMemoryStorage storage, InMemoryQueue queue, StorageFaults? faults) : QueueClient
{
    // What the service takes where the caller says nothing.
    private static readonly TimeSpan DefaultHidden = TimeSpan.FromSeconds(30);
    private readonly StorageFaults faults = faults ?? StorageFaults.None;

    public override string Name => queue.Name;

    public override Task<Response> CreateIfNotExistsAsync(
        IDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default
    ) => RequestAsync("CreateIfNotExists", "", () => queue.Create() ? Answer(201) : null!, cancellationToken);

    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        RequestAsync(
            "Delete",
            "",
            () =>
            {
                queue.Drop();
                return Answer(204);
            },
            cancellationToken
        );

    public override Task<Response> ClearMessagesAsync(CancellationToken cancellationToken = default) =>
        RequestAsync(
            "ClearMessages",
            "",
            () =>
            {
                queue.Clear();
                return Answer(204);
            },
            cancellationToken
        );

    public override Task<Response<SendReceipt>> SendMessageAsync(string messageText) => SendMessageAsync(messageText, null, null, default);

    public override Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken = default) =>
        SendMessageAsync(messageText, null, null, cancellationToken);

    public override Task<Response<SendReceipt>> SendMessageAsync(
        string messageText,
        TimeSpan? visibilityTimeout = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync(
            "SendMessage",
            "",
            () => Response.FromValue(queue.Send(messageText, visibilityTimeout, timeToLive), Answer(201)),
            cancellationToken
        );

    public override Task<Response<QueueMessage[]>> ReceiveMessagesAsync() => ReceiveMessagesAsync(null, null, default);

    public override Task<Response<QueueMessage[]>> ReceiveMessagesAsync(CancellationToken cancellationToken = default) =>
        ReceiveMessagesAsync(null, null, cancellationToken);

    public override Task<Response<QueueMessage[]>> ReceiveMessagesAsync(
        int? maxMessages = null,
        TimeSpan? visibilityTimeout = null,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync(
            "ReceiveMessages",
            "",
            () => Response.FromValue(queue.Receive(maxMessages ?? 1, visibilityTimeout ?? DefaultHidden), Answer(200)),
            cancellationToken
        );

    public override Task<Response<QueueMessage>> ReceiveMessageAsync(
        TimeSpan? visibilityTimeout = null,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync(
            "ReceiveMessage",
            "",
            () => Response.FromValue(queue.Receive(1, visibilityTimeout ?? DefaultHidden).FirstOrDefault()!, Answer(200)),
            cancellationToken
        );

    public override Task<Response<PeekedMessage>> PeekMessageAsync(CancellationToken cancellationToken = default) =>
        RequestAsync("PeekMessage", "", () => Response.FromValue(queue.Peek(1).FirstOrDefault()!, Answer(200)), cancellationToken);

    public override Task<Response<PeekedMessage[]>> PeekMessagesAsync(
        int? maxMessages = null,
        CancellationToken cancellationToken = default
    ) => RequestAsync("PeekMessages", "", () => Response.FromValue(queue.Peek(maxMessages ?? 1), Answer(200)), cancellationToken);

    public override Task<Response<QueueProperties>> GetPropertiesAsync(CancellationToken cancellationToken = default) =>
        RequestAsync(
            "GetProperties",
            "",
            () =>
                Response.FromValue(QueuesModelFactory.QueueProperties(new Dictionary<string, string>(), (long)queue.Count()), Answer(200)),
            cancellationToken
        );

    public override Task<Response<UpdateReceipt>> UpdateMessageAsync(
        string messageId,
        string popReceipt,
        string? messageText = null,
        TimeSpan visibilityTimeout = default,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync(
            "UpdateMessage",
            messageId,
            () => Response.FromValue(queue.Update(messageId, popReceipt, messageText, visibilityTimeout), Answer(204)),
            cancellationToken
        );

    public override Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellationToken = default) =>
        RequestAsync(
            "DeleteMessage",
            messageId,
            () =>
            {
                queue.Delete(messageId, popReceipt);
                return Answer(204);
            },
            cancellationToken
        );

    public override Task<Response<SendReceipt>> SendMessageAsync(
        BinaryData message,
        TimeSpan? visibilityTimeout = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default
    ) => throw No();

    public override Task<Response<UpdateReceipt>> UpdateMessageAsync(
        string messageId,
        string popReceipt,
        BinaryData message,
        TimeSpan visibilityTimeout = default,
        CancellationToken cancellationToken = default
    ) => throw No();

    public override Task<Response> CreateAsync(
        IDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default
    ) => throw No();

    public override Task<Response<bool>> DeleteIfExistsAsync(CancellationToken cancellationToken = default) => throw No();

    public override Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default) => throw No();

    public override Task<Response> SetMetadataAsync(IDictionary<string, string> metadata, CancellationToken cancellationToken = default) =>
        throw No();

    private Task<T> RequestAsync<T>(string operation, string key, Func<T> effect, CancellationToken cancellationToken) =>
        storage.RequestAsync(new StorageCall(Name, operation, key, StorageRequests.Current), faults, effect, cancellationToken);

    private Response Answer(int status) => new InMemoryResponse(status, storage.Clock.GetUtcNow());

    private static NotSupportedException No([CallerMemberName] string method = "") =>
        new($"QueueClient.{method} is not there in memory; add it with a test in StorageContractTests.");
}
