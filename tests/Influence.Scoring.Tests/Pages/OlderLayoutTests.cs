using System.Buffers.Binary;
using CsCheck;

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
    [InlineData(1)]
    [InlineData(2)]
    public void Summaries_of_layouts_1_and_2_name_their_pages_by_depth_and_an_empty_one_leaves_with_the_next_edit(byte version)
    {
        // [0, 1/2), [1/2, 3/4) and [3/4, 1): in the first lies a tie, the others are empty.
        byte[] depths = [1, 2, 2];
        var bare = StatePacking.ReadSummary(OlderSummary(version, depths), Scenario.Target, Scenario.Keys);
        Assert.Equal(0, bare.Ledger.Since);
        Assert.Equal([0UL, 1UL << 63, 3UL << 62], bare.Ties.Pages.ToArray().Select(p => p.Start));
        var tie = new Tie(5, 1, 1, 1);
        (byte Depth, Tie[] Ties)[] rows = [(1, [tie]), (2, []), (2, [])];
        var loaded = bare
            .Ties.Pages.ToArray()
            .Zip(rows)
            .Aggregate(
                bare,
                (state, page) =>
                    StatePacking.WithPage(
                        state,
                        new PageName(PageKind.Ties, 0, page.First.Start),
                        Pack(
                            PageKind.Ties,
                            2,
                            23,
                            page.Second.Ties,
                            (t, to) => t.Write(to, 0),
                            page.First.Start,
                            page.Second.Depth,
                            bare.Key
                        )
                    )
            );
        Assert.Equal([tie], loaded.Ties.Records());
        var edited = loaded.Ties.Edit([PageEdit<Tie>.Put(new Tie(6, 1, 1, 1))]);
        Assert.Equal([2], edited.Pages.ToArray().Select(p => p.Count));
        // As it is read again from the layout written today.
        var again = StatePacking.ReadSummary(StatePacking.PackSummary(bare), Scenario.Target, Scenario.Keys);
        Assert.Equal(
            bare.Ties.Pages.ToArray().Select(p => (p.Start, p.Splits)),
            again.Ties.Pages.ToArray().Select(p => (p.Start, p.Splits))
        );
    }

    [Fact]
    public void Depths_that_do_not_cover_the_keys_are_refused() =>
        Gen
            .Byte.Array[1, 12]
            .Sample(depths =>
            {
                var covers =
                    depths.All(d => d <= 63)
                    && depths.Aggregate(UInt128.Zero, (sum, d) => sum + (UInt128.One << (64 - d))) == UInt128.One << 64;
                var read = Record.Exception(() =>
                    Assert.Equal(
                        depths,
                        StatePacking
                            .ReadSummary(OlderSummary(2, depths), Scenario.Target, Scenario.Keys)
                            .Ties.Pages.ToArray()
                            .Select(p => p.Splits)
                    )
                );
                Assert.Equal(covers ? null : typeof(PageCorruptException), read?.GetType());
            });

    // The lists of pages are the last there is: of ties, undos and no day, and in layout 2 the day since which the ledger is whole.
    private static byte[] OlderSummary(byte version, byte[] depths)
    {
        var today = StatePacking.PackSummary(Scenario.Empty);
        var to = new ByteWriter();
        foreach (var value in today[PageHeader.Size..^16])
            to.Byte(value);
        to.Bytes(depths);
        to.Bytes([]);
        to.Int(0);
        if (version == 2)
            to.Int(0);
        var packed = to.ToArray(PageHeader.Size);
        new PageHeader(16, version, 0, 0, 0, 0).Seal(packed, Scenario.Empty.Key);
        return packed;
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

    private static byte[] Pack<T>(
        PageKind kind,
        byte version,
        int size,
        T[] records,
        Write<T> write,
        ulong start = 0,
        byte depth = 0,
        ulong owner = PageGen.Owner
    )
    {
        var packed = new byte[PageHeader.Size + (records.Length * size)];
        for (var i = 0; i < records.Length; i++)
            write(records[i], packed.AsSpan(PageHeader.Size + (i * size)));
        new PageHeader((byte)kind, version, depth, records.Length, start, 0).Seal(packed, owner);
        return packed;
    }
}
