using Azure;

namespace Influence.Simulation.Tests.Storage;

/// <summary>A queue in memory does what Azurite's does.</summary>
[Collection(StorageCollection.Name)]
public sealed class QueueContractTests(StorageUnderTest storage)
{
    public static TheoryData<StorageKind> Kinds => TableContractTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_message_is_received_hidden_and_deleted(StorageKind kind)
    {
        var queue = await storage.QueueAsync(kind);
        var sent = (await queue.SendMessageAsync("{\"a\":\"<&>\"}", timeToLive: TimeSpan.FromSeconds(-1))).Value;
        var message = (await queue.ReceiveMessagesAsync(32)).Value.Single();
        Assert.Equal((sent.MessageId, "{\"a\":\"<&>\"}", 1), (message.MessageId, message.MessageText, message.DequeueCount));
        Assert.Empty((await queue.ReceiveMessagesAsync(32)).Value);
        Assert.Null((await queue.ReceiveMessageAsync()).Value);
        Assert.Null((await queue.PeekMessageAsync()).Value);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_update_shows_it_again_under_a_new_receipt(StorageKind kind)
    {
        var queue = await storage.QueueAsync(kind);
        await queue.SendMessageAsync("text", TimeSpan.Zero, TimeSpan.FromSeconds(-1));
        var first = (await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(10))).Value;
        await queue.UpdateMessageAsync(first.MessageId, first.PopReceipt, first.MessageText, TimeSpan.Zero);
        var peeked = (await queue.PeekMessagesAsync(32)).Value.Single();
        Assert.Equal((first.MessageId, "text", 1), (peeked.MessageId, peeked.MessageText, peeked.DequeueCount));
        var again = (await queue.ReceiveMessagesAsync(1)).Value.Single();
        Assert.Equal((first.MessageId, "text", 2), (again.MessageId, again.MessageText, again.DequeueCount));
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(first.MessageId, first.PopReceipt));
        Assert.InRange(refusal.Status, 400, 404);
        await queue.DeleteMessageAsync(again.MessageId, again.PopReceipt);
        var gone = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(again.MessageId, again.PopReceipt));
        Assert.Equal((404, "MessageNotFound"), (gone.Status, gone.ErrorCode));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_delayed_message_is_not_visible_yet(StorageKind kind)
    {
        var queue = await storage.QueueAsync(kind);
        await queue.SendMessageAsync("later", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(-1));
        Assert.Empty((await queue.ReceiveMessagesAsync(32)).Value);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Limits_are_held(StorageKind kind)
    {
        var queue = await storage.QueueAsync(kind);
        await queue.SendMessageAsync(new string('x', 64 * 1024));
        await TableContractTests.RefusedAsync(413, "RequestBodyTooLarge", () => queue.SendMessageAsync(new string('x', (64 * 1024) + 1)));
        await TableContractTests.RefusedAsync(400, "OutOfRangeQueryParameterValue", () => queue.ReceiveMessagesAsync(33));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_its_queue_nothing_is_sent(StorageKind kind)
    {
        var queue = storage.NewQueue(kind);
        await TableContractTests.RefusedAsync(404, "QueueNotFound", () => queue.SendMessageAsync("text"));
        await TableContractTests.RefusedAsync(404, "QueueNotFound", () => queue.ReceiveMessagesAsync(1));
        Assert.NotNull(await queue.CreateIfNotExistsAsync());
        Assert.Null(await queue.CreateIfNotExistsAsync());
        await queue.SendMessageAsync("text");
        await queue.ClearMessagesAsync();
        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        await queue.DeleteAsync();
        await TableContractTests.RefusedAsync(404, "QueueNotFound", () => queue.SendMessageAsync("text"));
    }
}
