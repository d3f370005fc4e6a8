using System.Text;
using Azure.Storage.Queues.Models;

namespace Influence.Simulation.Storage;

/// <summary>The messages of one queue, in the order of their arrival; when they are visible the clock says.</summary>
internal sealed class InMemoryQueue(string name, TimeProvider clock, Func<string> newId)
{
    private const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Lock gate = new();
    private readonly List<Message> messages = [];
    private bool exists;

    public string Name => name;

    /// <returns>False when it existed.</returns>
    public bool Create()
    {
        lock (gate)
        {
            var isNew = !exists;
            exists = true;
            return isNew;
        }
    }

    public void Drop()
    {
        lock (gate)
        {
            Demand();
            messages.Clear();
            exists = false;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            Demand();
            messages.Clear();
        }
    }

    public SendReceipt Send(string text, TimeSpan? hidden, TimeSpan? timeToLive)
    {
        lock (gate)
        {
            Demand();
            CheckText(text);
            CheckDelay(hidden ?? TimeSpan.Zero);
            if (timeToLive is { } life && life != TimeSpan.FromSeconds(-1) && life < TimeSpan.FromSeconds(1))
                throw StorageErrors.Of(400, QueueErrorCode.OutOfRangeQueryParameterValue.ToString());
            var now = clock.GetUtcNow();
            var ends = timeToLive == TimeSpan.FromSeconds(-1) ? DateTimeOffset.MaxValue : now + (timeToLive ?? Week);
            var message = new Message(newId(), text, now, ends) { VisibleAt = now + (hidden ?? TimeSpan.Zero), Receipt = newId() };
            messages.Add(message);
            return QueuesModelFactory.SendReceipt(message.Id, now, ends, message.Receipt, message.VisibleAt);
        }
    }

    public QueueMessage[] Receive(int count, TimeSpan hidden)
    {
        lock (gate)
        {
            Demand();
            if (count is < 1 or > 32)
                throw StorageErrors.Of(400, QueueErrorCode.OutOfRangeQueryParameterValue.ToString());
            return [.. Visible().Take(count).Select(m => Take(m, hidden))];
        }
    }

    /// <summary>Receives one message of those that are visible, in any order, as the service may.</summary>
    public QueueMessage? Receive(string id, TimeSpan hidden)
    {
        lock (gate)
            return Visible().FirstOrDefault(m => m.Id == id) is { } message ? Take(message, hidden) : null;
    }

    public PeekedMessage[] Peek(int count)
    {
        lock (gate)
        {
            Demand();
            return [.. Visible().Take(count).Select(m => QueuesModelFactory.PeekedMessage(m.Id, m.Text, m.Received, m.SentAt, m.EndsAt))];
        }
    }

    public UpdateReceipt Update(string id, string receipt, string? text, TimeSpan hidden)
    {
        lock (gate)
        {
            var message = Held(id, receipt);
            CheckDelay(hidden);
            if (text is not null)
                CheckText(text);
            message.Text = text ?? message.Text;
            message.VisibleAt = clock.GetUtcNow() + hidden;
            message.Receipt = newId();
            return QueuesModelFactory.UpdateReceipt(message.Receipt, message.VisibleAt);
        }
    }

    public void Delete(string id, string receipt)
    {
        lock (gate)
            messages.Remove(Held(id, receipt));
    }

    /// <summary>How many there are, visible or not.</summary>
    public int Count()
    {
        lock (gate)
        {
            Demand();
            Expire();
            return messages.Count;
        }
    }

    /// <summary>The ids of the messages that can be received now; none of a queue that does not exist.</summary>
    public IReadOnlyList<string> VisibleIds()
    {
        lock (gate)
            return [.. Visible().Select(m => m.Id)];
    }

    /// <summary>When the next message becomes visible; null when none is hidden.</summary>
    public DateTimeOffset? NextVisibleAt()
    {
        lock (gate)
        {
            Expire();
            var hidden = messages.Where(m => m.VisibleAt > clock.GetUtcNow()).ToList();
            return hidden.Count == 0 ? null : hidden.Min(m => m.VisibleAt);
        }
    }

    private IEnumerable<Message> Visible()
    {
        Expire();
        return messages.Where(m => m.VisibleAt <= clock.GetUtcNow());
    }

    private void Expire() => messages.RemoveAll(m => m.EndsAt <= clock.GetUtcNow());

    private QueueMessage Take(Message message, TimeSpan hidden)
    {
        message.Received++;
        message.VisibleAt = clock.GetUtcNow() + hidden;
        message.Receipt = newId();
        return QueuesModelFactory.QueueMessage(
            message.Id,
            message.Receipt,
            message.Text,
            message.Received,
            message.VisibleAt,
            message.SentAt,
            message.EndsAt
        );
    }

    private Message Held(string id, string receipt)
    {
        Demand();
        Expire();
        var message = messages.Find(m => m.Id == id) ?? throw StorageErrors.Of(404, QueueErrorCode.MessageNotFound.ToString());
        return message.Receipt == receipt ? message : throw StorageErrors.Of(400, QueueErrorCode.PopReceiptMismatch.ToString());
    }

    private static void CheckText(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            throw StorageErrors.Of(413, QueueErrorCode.RequestBodyTooLarge.ToString());
    }

    private static void CheckDelay(TimeSpan hidden)
    {
        if (hidden < TimeSpan.Zero || hidden > Week)
            throw StorageErrors.Of(400, QueueErrorCode.OutOfRangeQueryParameterValue.ToString());
    }

    private void Demand()
    {
        if (!exists)
            throw StorageErrors.Of(404, QueueErrorCode.QueueNotFound.ToString());
    }

    private sealed class Message(string id, string text, DateTimeOffset sentAt, DateTimeOffset endsAt)
    {
        public string Id => id;

        public DateTimeOffset SentAt => sentAt;

        public DateTimeOffset EndsAt => endsAt;

        public string Text { get; set; } = text;

        public string Receipt { get; set; } = "";

        public DateTimeOffset VisibleAt { get; set; }

        public int Received { get; set; }
    }
}
