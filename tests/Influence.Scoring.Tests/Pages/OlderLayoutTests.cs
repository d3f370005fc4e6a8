using System.Buffers.Binary;

namespace Influence.Scoring.Tests.Pages;

public sealed class OlderLayoutTests
{
    [Fact]
    public void Ties_of_layout_1_are_read()
    {
        Tie[] ties = [.. PageGen.Ties(50, new Random(1)).Pages[0] is var page ? StateView.Records(page) : []];
        var packed = Pack(
            PageKind.Ties,
            1,
            24,
            ties,
            (tie, to) =>
            {
                BinaryPrimitives.WriteUInt64LittleEndian(to, tie.Actor);
                BinaryPrimitives.WriteDoubleLittleEndian(to[8..], tie.Points);
                BinaryPrimitives.WriteUInt32LittleEndian(to[16..], (uint)tie.Last);
                BinaryPrimitives.WriteSingleLittleEndian(to[20..], tie.Vote);
            }
        );
        Assert.Equal(ties, StateView.Records(PageReader.Read<Tie>(packed, PageGen.Owner)));
    }

    [Fact]
    public void Ledgers_of_layout_1_are_read_without_contexts()
    {
        LedgerEntry[] entries = [.. PageGen.Ledger(50, new Random(1)).Pages[0] is var page ? StateView.Records(page) : []];
        var packed = Pack(
            PageKind.Ledger,
            1,
            21,
            entries,
            (entry, to) =>
            {
                BinaryPrimitives.WriteUInt64LittleEndian(to, entry.Slot);
                BinaryPrimitives.WriteUInt64LittleEndian(to[8..], entry.Rest);
                BinaryPrimitives.WriteUInt32LittleEndian(to[16..], (uint)entry.At);
                to[20] = entry.Kind;
            }
        );
        Assert.Equal(entries, StateView.Records(PageReader.Read<LedgerEntry>(packed, PageGen.Owner)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    public void A_layout_that_is_not_known_is_refused(byte version)
    {
        var packed = Pack<Tie>(PageKind.Ties, version, 23, [], (_, _) => { });
        Assert.Contains(
            "layout",
            Assert.Throws<PageCorruptException>(() => PageReader.Read<Tie>(packed, PageGen.Owner)).Message,
            StringComparison.Ordinal
        );
    }

    private delegate void Write<T>(T record, Span<byte> to);

    private static byte[] Pack<T>(PageKind kind, byte version, int size, T[] records, Write<T> write)
    {
        var packed = new byte[PageHeader.Size + (records.Length * size)];
        for (var i = 0; i < records.Length; i++)
            write(records[i], packed.AsSpan(PageHeader.Size + (i * size)));
        new PageHeader((byte)kind, version, 0, records.Length, 0, 0).Seal(packed, PageGen.Owner);
        return packed;
    }
}
