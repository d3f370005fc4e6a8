using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Operations;

/// <summary>Keeps messages that failed five times, with the reason, before their poison queue expires.</summary>
/// <remarks>
/// <para>
/// Row layout 2: keys as <see cref="DeadLetterId"/> says; columns <c>V</c>, <c>Reason</c>, <c>Body</c> (UTF-8), <c>At</c> (the arrival),
/// and <c>RetriedAt</c> while <see cref="DeadLetterBox"/> puts it back. Different messages have different rows, whatever they say of
/// themselves: the host lays a JSON message's own <c>id</c> over the queue's.
/// </para>
/// <para>
/// Idempotent: the function that keeps a letter may be stopped before its message is deleted, and the message then comes back after ten
/// minutes. The same body within the hour of a letter or the next one is that letter. Later it is a letter of its own: it has failed anew.
/// </para>
/// </remarks>
public sealed partial class DeadLetters(
    Deployment deployment,
    ScoreRecomputer recompute,
    WorkflowRouter publish,
    TimeProvider clock,
    ILogger<DeadLetters> logger
)
{
    private const int Layout = 2;

    /// <summary>Applies a message of facts once more, to learn the reason; one that succeeds now is done.</summary>
    /// <param name="body">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">
    /// Storage says to try later: no reason to give facts up. The message stays on the poison queue and comes back.
    /// </exception>
    public async Task TakeFactsAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            await recompute.ApplyAsync(body, cancellationToken);
        }
        catch (AccountsFailedException failed)
        {
            // The others' facts count: a letter holds those of one account.
            foreach (var (letter, cause) in failed.Accounts.SelectMany(a => a.Messages.Select(m => (m, a.Cause))))
                await KeepAsync(QueueNames.Interactions, letter, ReasonOf(cause), cancellationToken);
        }
        catch (Exception e) when (IsFinal(e, cancellationToken))
        {
            await KeepAsync(QueueNames.Interactions, body, ReasonOf(e), cancellationToken);
        }
    }

    /// <summary>Runs a message of a publication once more; if it fails again the publication is marked failed.</summary>
    /// <inheritdoc cref="TakeFactsAsync" path="/param"/>
    /// <inheritdoc cref="TakeFactsAsync" path="/exception"/>
    public async Task TakePublicationAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            await publish.RunAsync(body, cancellationToken);
        }
        catch (Exception e) when (IsFinal(e, cancellationToken))
        {
            await KeepAsync(QueueNames.Shards, body, ReasonOf(e), cancellationToken);
            if (e is not MessageUnreadableException)
                await publish.FailAsync(body, cancellationToken);
        }
    }

    // What may succeed later is no reason to give a message up: it is thrown, and the message comes back.
    private static bool IsFinal(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && !StorageFailure.IsTryLater(e, cancellationToken);

    // Our own errors say why in a sentence without secrets; of others only the type, and storage's code, is told.
    private static string ReasonOf(Exception e)
    {
        // Without the ending that only programmers know.
        var kind = e.GetType().Name.Replace("Exception", "", StringComparison.Ordinal);
        if (e is MessageUnreadableException or PageException or AccountTooLargeException or InvalidDataException)
            return $"{kind}: {e.Message}";
        var (status, code) = StorageFailure.CodeOf(e);
        return status == 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}: {status} {code}");
    }

    private async Task KeepAsync(string queue, string body, string reason, CancellationToken cancellationToken)
    {
        await deployment.KeysAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var bytes = Encoding.UTF8.GetBytes(body);
        var (before, id) = (DeadLetterId.Of(queue, now.AddHours(-1), bytes), DeadLetterId.Of(queue, now, bytes));
        if (await FindAsync(before, cancellationToken) is { } earlier && !earlier.ContainsKey(DeadLetterBox.RetriedAt))
            return;
        var row = new TableEntity(id.Partition, id.Row)
        {
            ["V"] = Layout,
            ["Reason"] = reason,
            // A property holds 64 KiB, which is just what a message can be.
            ["Body"] = bytes,
            ["At"] = now,
        };
        // One that an operator retried has failed anew: it takes the place of its mark, or of nothing where the retry has just deleted it.
        var known =
            await FindAsync(id, cancellationToken) is { } same && same.ContainsKey(DeadLetterBox.RetriedAt) ? same.ETag : (ETag?)null;
        var isKept =
            await deployment.DeadLetters.TryWriteAsync(row, known, cancellationToken)
            || (known is not null && await deployment.DeadLetters.TryWriteAsync(row, known: null, cancellationToken));
        if (!isKept)
            return;
        Kept(logger, queue, id.ToString(), reason);
        PipelineMetrics.KeptDeadLetter(queue);
    }

    private async Task<TableEntity?> FindAsync(DeadLetterId id, CancellationToken cancellationToken)
    {
        var found = await deployment.DeadLetters.GetEntityIfExistsAsync<TableEntity>(
            id.Partition,
            id.Row,
            select: ["V", DeadLetterBox.RetriedAt],
            cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Dead letter of queue {Queue} kept as {Id}: {Reason}")]
    private static partial void Kept(ILogger logger, string queue, string id, string reason);
}
