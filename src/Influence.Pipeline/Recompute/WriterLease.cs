using System.Threading.RateLimiting;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Recompute;

/// <summary>A lease on writing accounts: hosts that meet on the same storage take turns.</summary>
/// <remarks>
/// Hosts that write side by side lose many transactions to each other and must read again what the other changed. In turns of some seconds
/// each writes with a warm cache. Nothing depends on the lease but speed: every write is conditional. So it is not renewed, whoever waits
/// too long goes on without it, and a process that never loses a write does not ask for it. An abandoned lease is one whose row stays the
/// same for a while by the observer's own clock; clocks of hosts are not compared.
/// </remarks>
internal sealed class WriterLease(TableClient table, AccountCache cache, NewAccountGuess guess, TimeProvider clock, Random random)
    : IDisposable
{
    private const string Partition = "deployment";
    private const string Row = "writer";
    private const string Owner = "Owner";
    private const string Last = "Last";

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string self = Guid.CreateVersion7().ToString("n");
    private readonly ConcurrencyLimiter asking = new(new() { PermitLimit = 1, QueueLimit = int.MaxValue });
    private readonly Lock gate = new();
    private ETag? held;
    private long heldSince;
    private int inside;
    private ETag seen;
    private long seenSince;

    /// <summary>Waits for this process's turn, if another process seems to write too. The turn lasts until the visit is disposed.</summary>
    public async Task<IAsyncDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (!guess.HasForeignWriters)
            return Visit.Without;
        var start = clock.GetTimestamp();
        using var first = await asking.AcquireAsync(1, cancellationToken);
        while (!TryJoin())
        {
            if (await TryTakeAsync(cancellationToken))
                break;
            if (clock.GetElapsedTime(start) > Patience)
                return Visit.Without;
            await Task.Delay(Poll * (0.75 + (random.NextDouble() / 2)), clock, cancellationToken);
        }

        return new Visit(this);
    }

    public void Dispose() => asking.Dispose();

    private bool TryJoin()
    {
        lock (gate)
        {
            if (held is null || clock.GetElapsedTime(heldSince) > Turn)
                return false;
            inside++;
            return true;
        }
    }

    // Takes the lease and joins, in one step: a process may stand still between two.
    private async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            if (held is not null)
                return false;
        try
        {
            return await TakeAsync(cancellationToken);
        }
        catch (Exception e) when (StorageFailure.IsConflict(e) || StorageFailure.IsTryLater(e, cancellationToken))
        {
            return false;
        }
    }

    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        var row = found.HasValue ? found.Value! : null;
        if (row is not null && !IsFree(row))
            return false;
        var mine = new TableEntity(Partition, Row) { [Owner] = self, [Last] = self };
        var answer = row is null
            ? await table.AddEntityAsync(mine, cancellationToken)
            : await table.UpdateEntityAsync(mine, row.ETag, TableUpdateMode.Replace, cancellationToken);
        if (row?.GetString(Last) != self)
        {
            // What another process wrote in its turn is not known here.
            cache.Clear();
            guess.SawForeignWrite();
        }

        lock (gate)
            (held, heldSince, inside) = (answer.Headers.ETag, clock.GetTimestamp(), 1);
        return true;
    }

    private bool IsFree(TableEntity row)
    {
        if (row.GetString(Owner) is null or "" || row.GetString(Owner) == self)
            return true;
        if (row.ETag == seen)
            return clock.GetElapsedTime(seenSince) > Expiry;
        (seen, seenSince) = (row.ETag, clock.GetTimestamp());
        return false;
    }

    private async ValueTask LeaveAsync()
    {
        lock (gate)
            if (inside > 1)
            {
                inside--;
                return;
            }

        // Between two messages: a turn that ended with every pause would hardly be one.
        await Task.Delay(Linger, clock);
        ETag taken;
        lock (gate)
        {
            if (--inside > 0 || held is not { } mine)
                return;
            (taken, held) = (mine, null);
        }

        try
        {
            var free = new TableEntity(Partition, Row) { [Owner] = "", [Last] = self };
            await table.UpdateEntityAsync(free, taken, TableUpdateMode.Replace, CancellationToken.None);
        }
        catch (Exception e) when (StorageFailure.IsConflict(e) || StorageFailure.IsTryLater(e, CancellationToken.None))
        {
            // It runs out by itself.
        }
    }

    private sealed class Visit(WriterLease? lease) : IAsyncDisposable
    {
        public static Visit Without { get; } = new(null);

        public ValueTask DisposeAsync() => lease?.LeaveAsync() ?? ValueTask.CompletedTask;
    }
}
