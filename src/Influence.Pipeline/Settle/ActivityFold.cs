using System.Numerics;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Settle;

/// <summary>Folds the Journal into pages of activity, exactly once, and reads them for a settlement.</summary>
/// <remarks>
/// A fold takes every row that no fold before it took, merges them over the pages in force, writes new pages under a name of their own,
/// and puts them in force by one conditional write of the pointer. Which rows are in it is noted beside the pages. The pages' own rows
/// count: after the write they become tombstones, and the next fold sees to that before it looks for new ones. So a fold that dies before
/// the write took nothing, one that dies after it took everything, and of two that run at once one gives way.
/// </remarks>
internal sealed partial class ActivityFold(
    Deployment deployment,
    Suppression suppression,
    OptimisticConcurrency concurrency,
    ILogger<ActivityFold> logger
)
{
    private readonly ActivityJournal journal = new(deployment.Journal);
    private readonly ActivityPages pages = new(deployment.Settlements);

    // Half the size that a page should not pass: they fill unevenly, and grow until the next fold.
    private const int PageBytes = 16 * 1024;

    // Packed; in memory some five times as much.
    private const int BytesAtATime = 16 << 20;

    // What is left waits for the next settlement.
    private const int MostRows = 250_000;

    /// <summary>Folds what is new: a step of a publication, done once.</summary>
    public async Task<StepResult> FoldAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        await concurrency.RunAsync(
            "the pointer to the activity of accounts",
            async _ => await TryFoldAsync(run, cancellationToken) ? Attempt.Done(true) : Attempt.Conflict<bool>(),
            cancellationToken
        );
        return StepResult.Done;
    }

    /// <summary>What the actors of a range did in the window of the last fold.</summary>
    public async Task<OwnActivities> OfRangeAsync(ShardRange range, CancellationToken cancellationToken)
    {
        if (await ActivityPointer.FindAsync(deployment.Settlements, cancellationToken) is not { } now)
            return OwnActivities.None;
        var (own, first, last) = (
            new OwnActivities(now.Day),
            (ulong)range.First << 56,
            ((ulong)(range.End - 1) << 56) | (ulong.MaxValue >> 8)
        );
        await foreach (var (actor, activity) in ActorsAsync(now, first, last, cancellationToken))
            own.Add(actor, activity);
        return own;
    }

    private async Task<bool> TryFoldAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        var now = await ActivityPointer.FindAsync(deployment.Settlements, cancellationToken);
        while (now is { IsMarked: false })
            now = await MarkAsync(now, cancellationToken);
        if (now is not null && (now.Publication == run.Id || !run.IsLaterThan(now.RequestedAt, now.Publication)))
            return true;
        var rows = await journal.NewAsync(MostRows, cancellationToken);
        var bytes = (now?.Bytes ?? 0) + rows.Sum(r => (long)r.Bytes);
        var next = ActivityPointer.Of(run, now, rows, Math.Min(ActivityPage.MaxBits, BitsOf(bytes / PageBytes)));
        await pages.WriteRowsAsync(next, rows, cancellationToken);
        var (slices, written, hasErased) = (BitsOf(bytes / BytesAtATime), 0L, false);
        for (uint slice = 0; slice < 1u << slices; slice++)
        {
            if (await MergeAsync(now, next, rows, slice, slices, cancellationToken) is not var (own, leftOut))
                return false;
            written += own;
            hasErased |= leftOut;
        }

        next = next with { Bytes = written };
        if (!await next.TryPutAsync(deployment.Settlements, now?.ETag, cancellationToken))
            return false;
        if (await ActivityPointer.FindAsync(deployment.Settlements, cancellationToken) is { IsMarked: false } put)
            await MarkAsync(put, cancellationToken);
        // What was before names them still; whoever reads it at this moment finds nothing, and reads the pointer again.
        if (hasErased && now is not null)
            await pages.DeleteAsync(now, cancellationToken);
        Folded(logger, rows.Count, written, 1u << next.Bits);
        return true;
    }

    // One slice of the keys: the actors of the pages in force, and what the rows say of them. Null where a row is gone meanwhile: another
    // fold took it.
    private async Task<(long Bytes, bool HasErased)?> MergeAsync(
        ActivityPointer? now,
        ActivityPointer next,
        List<JournalRow> rows,
        uint slice,
        int bits,
        CancellationToken cancellationToken
    )
    {
        var first = bits == 0 ? 0 : (ulong)slice << (64 - bits);
        var last = first + (ulong.MaxValue >> bits);
        var actors = new Dictionary<ulong, Activity>();
        if (now is not null)
            await foreach (var (actor, activity) in ActorsAsync(now, first, last, cancellationToken))
                actors[actor] = activity;
        var read = 0;
        await foreach (var row in journal.ReadAsync(rows, cancellationToken))
        {
            read++;
            foreach (var (actor, activity) in Read(row, 0, 0))
                if (actor >= first && actor <= last)
                    actors[actor] = actors.TryGetValue(actor, out var known) ? known.Merge(activity) : activity;
        }

        if (read != rows.Count)
            return null;
        var written = 0L;
        // Of the erased nothing is carried on.
        var erased = await suppression.NowAsync(cancellationToken);
        var packed = actors
            .Where(a => !erased.HasActor(a.Key))
            .Select(a => KeyValuePair.Create(a.Key, a.Value.Window(next.Day)))
            .Where(a => !a.Value.Days.IsEmpty)
            .GroupBy(a => ActivityPage.IndexOf(a.Key, next.Bits))
            .OrderBy(g => g.Key)
            .Select(g =>
            {
                var page = ActivityPage.Pack(g, g.Key, next.Bits);
                written += page.Length;
                return (g.Key, page);
            });
        await pages.WriteAsync(next, packed, cancellationToken);
        return (written, !erased.IsEmpty && actors.Keys.Any(erased.HasActor));
    }

    private async IAsyncEnumerable<KeyValuePair<ulong, Activity>> ActorsAsync(
        ActivityPointer of,
        ulong first,
        ulong last,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var (index, packed) in pages.ScanAsync(of, first, last, cancellationToken))
        foreach (var actor in Read(packed, index, of.Bits))
            if (actor.Key >= first && actor.Key <= last)
                yield return actor;
    }

    // Leaves tombstones of the rows that the pages in force hold.
    private async Task<ActivityPointer?> MarkAsync(ActivityPointer now, CancellationToken cancellationToken)
    {
        await journal.MarkFoldedAsync(await pages.ReadRowsAsync(now, cancellationToken), cancellationToken);
        await (now with { IsMarked = true }).TryPutAsync(deployment.Settlements, now.ETag, cancellationToken);
        return await ActivityPointer.FindAsync(deployment.Settlements, cancellationToken);
    }

    // A damaged row or page costs the style of its actors, not everybody's boards.
    private List<KeyValuePair<ulong, Activity>> Read(byte[] packed, uint index, int bits)
    {
        try
        {
            return ActivityPage.Read(packed, index, bits);
        }
        catch (PageCorruptException e)
        {
            Damaged(logger, e.Message);
            return [];
        }
    }

    private static int BitsOf(long parts) => parts <= 1 ? 0 : BitOperations.Log2((ulong)parts - 1) + 1;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Activity: {Rows} messages folded, {Bytes} bytes in {Pages} pages.")]
    private static partial void Folded(ILogger logger, int rows, long bytes, uint pages);

    [LoggerMessage(Level = LogLevel.Error, Message = "What some actors did is damaged and left out of their style. {Detail}")]
    private static partial void Damaged(ILogger logger, string detail);
}
