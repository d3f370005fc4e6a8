using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Operations;

/// <summary>How a call about one dead letter fared.</summary>
public enum DeadLetterOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such letter.</summary>
    Unknown,

    /// <summary>It is of a queue whose messages are not run again: what they were part of is asked for anew.</summary>
    NotRetryable,

    /// <summary>Somebody else changes it at this moment.</summary>
    Contended,
}

/// <summary>Lists, shows, retries and discards dead letters, for operators.</summary>
/// <remarks>
/// A retry marks the row, queues the body and deletes the row. Whatever breaks off in between, the letter is on the queue or still here,
/// and its facts count once however often it is retried. If it fails again, a letter of its own takes the place of the marked one.
/// </remarks>
public sealed class DeadLetterBox(Deployment deployment, TimeProvider clock)
{
    /// <summary>Most letters of a page.</summary>
    public const int MaxTop = 1000;

    /// <summary>The queues that letters come from.</summary>
    public static IReadOnlyList<string> Queues { get; } = [QueueNames.Interactions, QueueNames.Shards];

    /// <summary>The column that says when a letter was put back on its queue.</summary>
    internal const string RetriedAt = "RetriedAt";

    private const string Step = "dead-letters";
    private static readonly TimeSpan MarkLifetime = TimeSpan.FromMinutes(1);
    private static readonly string[] Listed = ["PartitionKey", "RowKey", "At", "Reason"];

    /// <summary>Letters without what is in them, oldest first within their queue.</summary>
    /// <param name="queue">Only those of this queue; null for all.</param>
    /// <param name="since">Only those kept on this day or later; null for all.</param>
    /// <param name="after">The id after which to go on; null for the first page.</param>
    /// <param name="top">Most letters, 1–1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The letters, and whether there are more.</returns>
    public async Task<(IReadOnlyList<DeadLetter> Letters, bool HasMore)> ListAsync(
        string? queue,
        DateTimeOffset? since,
        string? after,
        int top,
        CancellationToken cancellationToken
    )
    {
        StorageRequests.Enter(Step);
        await deployment.KeysAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        _ = DeadLetterId.TryParse(after, out var last);
        await foreach (var row in RowsAsync(queue, since, last, top, cancellationToken))
        {
            if (letters.Count == top)
                return (letters, true);
            letters.Add(LetterOf(row));
        }

        return (letters, false);
    }

    /// <summary>Whether a text is the id of a letter, of one that there is or was.</summary>
    public static bool IsId(string? text) => DeadLetterId.TryParse(text, out _);

    /// <summary>A letter with what is in it; null for none of this id.</summary>
    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter(Step);
        return await RowAsync(id, cancellationToken) is { } row ? LetterOf(row) with { Content = ContentOf(row) } : null;
    }

    /// <summary>Puts a letter back on its queue.</summary>
    public async Task<DeadLetterOutcome> RetryAsync(string id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter(Step);
        if (await RowAsync(id, cancellationToken) is not { } row)
            return DeadLetterOutcome.Unknown;
        if (DeadLetterId.Of(row).Queue != QueueNames.Interactions)
            return DeadLetterOutcome.NotRetryable;
        if (await MarkAsync(row, cancellationToken) is not { } marked)
            return DeadLetterOutcome.Contended;
        await deployment.Interactions.SendMessageAsync(
            BodyOf(row),
            timeToLive: TimeSpan.FromSeconds(-1),
            cancellationToken: cancellationToken
        );
        // One that has failed again by now is another letter.
        await DeleteAsync(row, marked, cancellationToken);
        return DeadLetterOutcome.Done;
    }

    /// <summary>Deletes a letter for good.</summary>
    public async Task<DeadLetterOutcome> DiscardAsync(string id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter(Step);
        if (await RowAsync(id, cancellationToken) is not { } row)
            return DeadLetterOutcome.Unknown;
        // Somebody runs it again at this moment; a mark that is older was left by a retry that broke off.
        if (row.GetDateTimeOffset(RetriedAt) is { } retried && clock.GetUtcNow() - retried < MarkLifetime)
            return DeadLetterOutcome.Contended;
        return await DeleteAsync(row, row.ETag, cancellationToken) ? DeadLetterOutcome.Done : DeadLetterOutcome.Contended;
    }

    // The tag of the marked row; null where somebody else was first.
    private async Task<ETag?> MarkAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var mark = clock.GetUtcNow();
        row[RetriedAt] = mark;
        if (await deployment.DeadLetters.TryWriteAsync(row, row.ETag, cancellationToken))
            return (await RowAsync(row, cancellationToken))?.ETag;
        // The answer to one's own write may have been lost, and the client's next try refused.
        return await RowAsync(row, cancellationToken) is { } now && now.GetDateTimeOffset(RetriedAt) == mark ? now.ETag : null;
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync(
        string? queue,
        DateTimeOffset? since,
        DeadLetterId? last,
        int top,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var name in Queues.Where(q => queue is null || q == queue))
        {
            // Queues come in the order of their names, as ids do.
            if (last is not null && string.CompareOrdinal(name, last.Queue) < 0)
                continue;
            var (first, end) = ($"{name}|{(since is { } from ? DeadLetterId.DayOf(from) : "")}", $"{name}|~");
            var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}");
            if (last?.Queue == name)
                filter +=
                    " and "
                    + TableClient.CreateQueryFilter(
                        $"(PartitionKey gt {last.Partition} or (PartitionKey eq {last.Partition} and RowKey gt {last.Row}))"
                    );
            var rows = deployment.DeadLetters.QueryAsync<TableEntity>(filter, Math.Min(top + 1, MaxTop), Listed, cancellationToken);
            await foreach (var row in rows)
                yield return row;
        }
    }

    private async Task<TableEntity?> RowAsync(string id, CancellationToken cancellationToken)
    {
        if (!DeadLetterId.TryParse(id, out var address))
            return null;
        await deployment.KeysAsync(cancellationToken);
        return await RowAsync(new TableEntity(address.Partition, address.Row), cancellationToken);
    }

    private async Task<TableEntity?> RowAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var found = await deployment.DeadLetters.GetEntityIfExistsAsync<TableEntity>(
            row.PartitionKey,
            row.RowKey,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }

    private async Task<bool> DeleteAsync(TableEntity row, ETag known, CancellationToken cancellationToken)
    {
        try
        {
            await deployment.DeadLetters.DeleteEntityAsync(row.PartitionKey, row.RowKey, known, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e))
        {
            return false;
        }
    }

    private static DeadLetter LetterOf(TableEntity row)
    {
        var id = DeadLetterId.Of(row);
        return new DeadLetter(id.ToString(), id.Queue, row.GetDateTimeOffset("At")!.Value, row.GetString("Reason"));
    }

    private static string BodyOf(TableEntity row) => Encoding.UTF8.GetString(row.GetBinary("Body"));

    private static DeadLetterContent ContentOf(TableEntity row)
    {
        var body = BodyOf(row);
        try
        {
            if (DeadLetterId.Of(row).Queue != QueueNames.Interactions)
                return new DeadLetterContent(body);
            var (message, facts) = FactsCodec.Read(body);
            var items = new ArrayBufferWriter<byte>();
            FactWriter.WriteArray(items, facts);
            using var json = JsonDocument.Parse(items.WrittenMemory);
            return new DeadLetterContent(
                body,
                [.. json.RootElement.EnumerateArray().Select(item => item.Clone())],
                DateTimeOffset.FromUnixTimeSeconds(message.ReceivedAt),
                message.Source
            );
        }
        catch (MessageUnreadableException)
        {
            return new DeadLetterContent(body);
        }
    }
}
