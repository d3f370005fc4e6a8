using System.Globalization;
using Azure.Data.Tables;

namespace Influence.Pipeline.Operations;

/// <summary>What operators did, append-only.</summary>
/// <remarks>
/// Table <c>Audit</c>: partition <c>{yyyyMM}</c>, row <c>{ticks}|{random}</c>, columns <c>Who</c>, <c>Call</c>, <c>Account</c> (a keyed
/// hash, so that an erased account's id stands nowhere), <c>Why</c> and <c>What</c>. Written before the call is done.
/// </remarks>
public sealed class AuditLog
{
    /// <summary>Longest reason, characters.</summary>
    public const int MaxReason = 500;

    /// <summary>Most entries of one page.</summary>
    public const int MaxEntries = 1000;

    private readonly Deployment deployment;
    private readonly OptimisticConcurrency concurrency;
    private readonly TimeProvider clock;

    internal AuditLog(Deployment deployment, OptimisticConcurrency concurrency, TimeProvider clock) =>
        (this.deployment, this.concurrency, this.clock) = (deployment, concurrency, clock);

    /// <summary>Appends an entry.</summary>
    /// <param name="who">The name of the caller's key.</param>
    /// <param name="call">The function.</param>
    /// <param name="account">The account it is about; null for none.</param>
    /// <param name="why">The reason given; null for none.</param>
    /// <param name="what">What was asked for, without names.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AppendAsync(
        string who,
        string call,
        AccountId? account,
        string? why,
        string? what,
        CancellationToken cancellationToken
    )
    {
        StorageRequests.Enter("audit");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var row = new TableEntity(PartitionOf(now), $"{KeyOf(now)}|{Guid.CreateVersion7(now):n}")
        {
            ["V"] = 1,
            ["At"] = now,
            ["Who"] = who,
            ["Call"] = call,
            ["Account"] = account is { } about ? keys.KeyOf(about) : null,
            ["Why"] = why,
            ["What"] = what,
        };
        // Whoever finds it there wrote it before, and the answer was lost.
        await concurrency.EditAsync(
            deployment.Audit,
            row.PartitionKey,
            row.RowKey,
            known => known is null ? row : null,
            cancellationToken,
            guessNew: true
        );
    }

    /// <summary>The entries since a moment, oldest first.</summary>
    /// <param name="since">The moment.</param>
    /// <param name="account">Only those about this account; null for all.</param>
    /// <param name="after">The row after which to go on; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At most <see cref="MaxEntries"/>, and the row after which there may be more; null at the end.</returns>
    public async Task<(IReadOnlyList<AuditEntry> Entries, string? Next)> ListAsync(
        DateTimeOffset since,
        AccountId? account,
        string? after,
        CancellationToken cancellationToken
    )
    {
        StorageRequests.Enter("audit");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var (partition, row) = (PartitionOf(since), after ?? KeyOf(since));
        // Rows are in the order of time, whatever their month.
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {partition} and RowKey gt {row}");
        if (account is { } about)
            filter += " and " + TableClient.CreateQueryFilter($"Account eq {keys.KeyOf(about)}");
        var entries = new List<AuditEntry>();
        await foreach (var entry in deployment.Audit.QueryAsync<TableEntity>(filter, MaxEntries, cancellationToken: cancellationToken))
        {
            if (entries.Count == MaxEntries)
                return (entries, row);
            entries.Add(EntryOf(entry));
            row = entry.RowKey;
        }

        return (entries, null);
    }

    private static AuditEntry EntryOf(TableEntity row) =>
        new(
            row.GetDateTimeOffset("At")!.Value,
            row.GetString("Who"),
            row.GetString("Call"),
            row.GetString("Account"),
            row.GetString("Why"),
            row.GetString("What")
        );

    private static string PartitionOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    private static string KeyOf(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
