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
        StorageRequests.Enter("dead-letters");
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
    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        await RowAsync(id, cancellationToken) is { } row ? LetterOf(row) with { Content = ContentOf(row) } : null;

    /// <summary>Puts a letter back on its queue.</summary>
    public async Task<DeadLetterOutcome> RetryAsync(string id, CancellationToken cancellationToken)
    {
        if (await RowAsync(id, cancellationToken) is not { } row)
            return DeadLetterOutcome.Unknown;
        if (DeadLetterId.Of(row).Queue != QueueNames.Interactions)
            return DeadLetterOutcome.NotRetryable;
        row[RetriedAt] = clock.GetUtcNow();
        ETag marked;
        try
        {
            var answer = await deployment.DeadLetters.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
            marked = answer.Headers.ETag!.Value;
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e))
        {
            return DeadLetterOutcome.Contended;
        }

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
        if (await RowAsync(id, cancellationToken) is not { } row)
            return DeadLetterOutcome.Unknown;
        return await DeleteAsync(row, row.ETag, cancellationToken) ? DeadLetterOutcome.Done : DeadLetterOutcome.Contended;
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
        StorageRequests.Enter("dead-letters");
        if (!DeadLetterId.TryParse(id, out var address))
            return null;
        await deployment.KeysAsync(cancellationToken);
        var found = await deployment.DeadLetters.GetEntityIfExistsAsync<TableEntity>(
            address.Partition,
            address.Row,
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
