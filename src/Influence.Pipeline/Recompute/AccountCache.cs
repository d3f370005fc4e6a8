namespace Influence.Pipeline.Recompute;

/// <summary>A cache of the accounts that this process last read or wrote, bounded in bytes, each under its ETag.</summary>
/// <remarks>
/// Never trusted: what it says is the guess that a conditional write proves or refutes. Readers of cards do not see it. The least recently
/// used leave first.
/// </remarks>
/// <param name="maxBytes">Largest sum of the estimated sizes; 0 keeps nothing.</param>
internal sealed class AccountCache(long maxBytes)
{
    // A state beside its pages: totals, points by topic, and the objects around them; estimates, like the others.
    private const int StateBytes = 1536;
    private const int BytesOfADay = 24;
    private const int BytesOfAPerson = 128;

    // More people are kept than shown.
    private const int KeptForOneShown = 2;

    private readonly Lock gate = new();
    private readonly Dictionary<AccountId, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> latestFirst = [];

    /// <summary>The estimated bytes that it holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>The account as last seen; null where it is not known.</summary>
    public AccountDocument? Find(AccountId account)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(account, out var node))
                return null;
            latestFirst.Remove(node);
            latestFirst.AddFirst(node);
            return node.Value.Document;
        }
    }

    /// <summary>Keeps an account as it was read or written.</summary>
    public void Put(AccountDocument document)
    {
        var entry = new Entry(document, SizeOf(document));
        if (entry.Bytes > maxBytes)
        {
            Remove(document.State.Account);
            return;
        }

        lock (gate)
        {
            RemoveLocked(document.State.Account);
            entries[document.State.Account] = latestFirst.AddFirst(entry);
            Bytes += entry.Bytes;
            while (Bytes > maxBytes)
                RemoveLocked(latestFirst.Last!.Value.Document.State.Account);
        }
    }

    /// <summary>Forgets an account: somebody else wrote it, or nobody knows whether a write went through.</summary>
    public void Remove(AccountId account)
    {
        lock (gate)
            RemoveLocked(account);
    }

    /// <summary>Forgets all accounts.</summary>
    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            latestFirst.Clear();
            Bytes = 0;
        }
    }

    private void RemoveLocked(AccountId account)
    {
        if (!entries.Remove(account, out var node))
            return;
        latestFirst.Remove(node);
        Bytes -= node.Value.Bytes;
    }

    private static long SizeOf(AccountDocument document) =>
        StateBytes
        + (document.State.History.Days.Length * BytesOfADay)
        + (document.State.TopPeople.Length * KeptForOneShown * BytesOfAPerson)
        + StatePacking.PagesOf(document.State).Where(p => p.Value.IsLoaded).Sum(p => 64L + p.Value.PackedSize);

    private sealed record Entry(AccountDocument Document, long Bytes);
}
