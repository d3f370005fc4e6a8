using System.Numerics;

namespace Influence.Scoring.Pages;

/// <summary>Splits a page by key until each part is small enough to be a table property; no part is empty.</summary>
internal static class PageSplit
{
    /// <summary>Largest packed page, bytes: well under the 64 KiB of a table property.</summary>
    public const int MaxBytes = 48 * 1024;

    /// <summary>Adds the parts of a page, in order. What cannot be told apart by the high half of its keys stays together.</summary>
    public static void Split<T>(PackedPage<T> page, List<PackedPage<T>> into)
        where T : struct, IRecord<T>
    {
        if (page.PackedSize <= MaxBytes || CutOf(page) is not { } cut)
        {
            into.Add(page);
            return;
        }

        var splits = (byte)(page.Splits + 1);
        Split(Part(page, page.Start, splits, 0, cut.Index), into);
        Split(Part(page, cut.Start, splits, cut.Index, page.Count), into);
    }

    // Of the places in the middle third by bytes the one whose separator is shortest, since the state lists them all; failing that any.
    private static (int Index, ulong Start)? CutOf<T>(PackedPage<T> page)
        where T : struct, IRecord<T>
    {
        var ends = EndsOf(page);
        var third = ends[^1] / 3;
        (int Index, ulong Start)? best = null;
        var bestRank = (IsOutside: true, Bits: int.MaxValue);
        var before = High(page, 0);
        for (var i = 1; i < page.Count; i++)
        {
            var key = High(page, i);
            if (key != before)
            {
                var bits = BitOperations.LeadingZeroCount(key ^ before) + 1;
                var rank = (IsOutside: ends[i - 1] < third || ends[i - 1] > 2 * third, bits);
                if (best is null || rank.CompareTo(bestRank) < 0)
                    (best, bestRank) = ((i, key & (ulong.MaxValue << (64 - bits))), rank);
            }

            before = key;
        }

        return best;
    }

    // Bytes up to and with each record: a context counts where it is met first.
    private static int[] EndsOf<T>(PackedPage<T> page)
        where T : struct, IRecord<T>
    {
        var (ends, sum, met) = (new int[page.Count], 0, new HashSet<FactContext>(ReferenceEqualityComparer.Instance) { FactContext.None });
        for (var i = 0; i < ends.Length; i++)
        {
            sum += T.RecordSize;
            if (!page.Contexts.IsEmpty && page[i].Context is var context && met.Add(context))
                sum += ContextCodec.SizeOf(context);
            ends[i] = sum;
        }

        return ends;
    }

    private static ulong High<T>(PackedPage<T> page, int index)
        where T : struct, IRecord<T> => (ulong)(page.KeyAt(index) >> 64);

    private static PackedPage<T> Part<T>(PackedPage<T> page, ulong start, byte splits, int from, int to)
        where T : struct, IRecord<T>
    {
        var size = T.RecordSize;
        if (page.Contexts.IsEmpty)
            return new(start, splits, page.Records[(from * size)..(to * size)].ToArray(), []);
        var records = new byte[(to - from) * size];
        var contexts = new ContextIndex([]);
        for (var i = from; i < to; i++)
        {
            var record = page[i];
            record.Write(records.AsSpan((i - from) * size, size), contexts.IndexOf(record.Context));
        }

        return new(start, splits, records, contexts.ToImmutable());
    }
}
