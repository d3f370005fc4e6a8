using System.Collections.Immutable;

namespace Influence.Scoring.Pages;

/// <summary>A page of records of one type, kept packed in memory as it is in storage.</summary>
internal sealed class PackedPage<T> : Page
    where T : struct, IRecord<T>
{
    private readonly byte[]? records;
    private readonly ImmutableArray<FactContext> contexts;

    public PackedPage(ulong start, byte splits, byte[]? records, ImmutableArray<FactContext> contexts)
        : base(start, splits)
    {
        this.records = records;
        this.contexts = contexts;
    }

    /// <summary>Stands in where there is no page; it is never part of a set.</summary>
    public static PackedPage<T> Empty { get; } = new(0, 0, [], []);

    public override bool IsLoaded => records is not null;

    public override int Count => (records?.Length ?? 0) / RecordSize;

    public override int PackedSize => records is null ? 0 : PageHeader.Size + records.Length + ContextCodec.Size(contexts.AsSpan());

    /// <summary>All records, packed and sorted.</summary>
    /// <exception cref="PageNotLoadedException">They are still in storage: not to be taken for an empty page.</exception>
    public ReadOnlySpan<byte> Records => records ?? throw new PageNotLoadedException($"{T.Layout.Kind} from {Start:x16}");

    public ImmutableArray<FactContext> Contexts => contexts;

    private static int RecordSize => T.RecordSize;

    public T this[int index] => T.Read(Records.Slice(index * RecordSize, RecordSize), contexts.AsSpan());

    public UInt128 KeyAt(int index) => T.ReadKey(Records.Slice(index * RecordSize, RecordSize));

    /// <summary>The index of the first record whose key is not below <paramref name="key"/>.</summary>
    public int LowerBound(UInt128 key) => LowerBound(key, 0, Records.Length / RecordSize);

    /// <summary>The same from <paramref name="from"/> on, where it is likely to be near: looks ever further ahead first.</summary>
    public int LowerBoundNear(UInt128 key, int from)
    {
        var sorted = Records;
        var (count, step) = (sorted.Length / RecordSize, 1);
        while (from + step <= count && T.ReadKey(sorted.Slice((from + step - 1) * RecordSize, RecordSize)) < key)
        {
            from += step;
            step *= 2;
        }

        return LowerBound(key, from, Math.Min(from + step - 1, count));
    }

    private int LowerBound(UInt128 key, int from, int to)
    {
        var sorted = Records;
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (T.ReadKey(sorted.Slice(middle * RecordSize, RecordSize)) < key)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    public bool TryFind(UInt128 key, out T record)
    {
        var index = LowerBound(key);
        var found = index < Count && KeyAt(index) == key;
        record = found ? this[index] : default;
        return found;
    }

    public override byte[] Pack(ulong owner)
    {
        var body = Records;
        var packed = new byte[PackedSize];
        body.CopyTo(packed.AsSpan(PageHeader.Size));
        ContextCodec.Write(contexts.AsSpan(), packed.AsSpan(PageHeader.Size + body.Length));
        var contextBytes = packed.Length - PageHeader.Size - body.Length;
        new PageHeader((byte)T.Layout.Kind, T.Layout.Version, Splits, Count, Start, contextBytes).Seal(packed, owner);
        return packed;
    }
}
