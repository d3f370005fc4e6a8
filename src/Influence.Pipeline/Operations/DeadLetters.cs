using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Operations;

/// <summary>
/// Keeps what failed five times, so that nothing expires unseen. Row layout 1: partition <c>{queue}|{yyyyMMdd}</c>, row <c>{message
/// id}</c>; columns
/// <c>Reason</c>, <c>Body</c> (UTF-8), <c>At</c>.
/// </summary>
public sealed partial class DeadLetters(
    Deployment deployment,
    ScoreRecomputer recompute,
    Publisher publish,
    TimeProvider clock,
    ILogger<DeadLetters> logger
)
{
    /// <summary>Tries a message of facts once more, to learn the reason; what then succeeds was only unlucky and is done.</summary>
    /// <param name="id">The poison message's id.</param>
    /// <param name="body">Its text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TakeFactsAsync(string id, string body, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReasonAsync(() => recompute.ApplyAsync(body, cancellationToken), cancellationToken) is { } reason)
                await KeepAsync(QueueNames.Interactions, id, body, reason, cancellationToken);
        }
        catch (AccountsFailedException failed)
        {
            // The others' facts count: a letter holds those of one account.
            foreach (var (letter, cause) in failed.Accounts.SelectMany(a => a.Messages.Select(m => (m, a.Cause))))
                await KeepAsync(QueueNames.Interactions, FactsCodec.Read(letter).Message.Id, letter, ReasonOf(cause), cancellationToken);
        }
    }

    /// <summary>Tries a publication once more; if it fails again it is marked so.</summary>
    /// <inheritdoc cref="TakeFactsAsync" path="/param"/>
    public async Task TakePublicationAsync(string id, string body, CancellationToken cancellationToken)
    {
        if (await ReasonAsync(() => publish.RunAsync(body, cancellationToken), cancellationToken) is not { } reason)
            return;
        await KeepAsync(QueueNames.Shards, id, body, reason, cancellationToken);
        if (!reason.StartsWith(nameof(MessageUnreadableException), StringComparison.Ordinal))
            await publish.FailAsync(body, cancellationToken);
    }

    // Our own errors say why in a sentence without secrets; of others only the type, and storage's code, is told. What may succeed later
    // is no reason: it is thrown, and the message comes again.
    private static async Task<string?> ReasonAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e)
            when (e is not AccountsFailedException
                && !cancellationToken.IsCancellationRequested
                && !StorageFailure.IsTryLater(e, cancellationToken)
            )
        {
            return ReasonOf(e);
        }
    }

    private static string ReasonOf(Exception e)
    {
        if (e is MessageUnreadableException or PageException or AccountTooLargeException or InvalidDataException)
            return $"{e.GetType().Name}: {e.Message}";
        var (status, code) = StorageFailure.CodeOf(e);
        return status == 0 ? e.GetType().Name : string.Create(CultureInfo.InvariantCulture, $"{e.GetType().Name}: {status} {code}");
    }

    private async Task KeepAsync(string queue, string id, string body, string reason, CancellationToken cancellationToken)
    {
        await deployment.KeysAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var row = new TableEntity($"{queue}|{now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", TableKey.Encode(id))
        {
            ["V"] = 1,
            ["Reason"] = reason,
            // A property holds 64 KiB, which is just what a message can be.
            ["Body"] = Encoding.UTF8.GetBytes(body),
            ["At"] = now,
        };
        await deployment.DeadLetters.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        Kept(logger, queue, id, reason);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Dead letter of queue {Queue} kept as {Id}: {Reason}")]
    private static partial void Kept(ILogger logger, string queue, string id, string reason);
}
