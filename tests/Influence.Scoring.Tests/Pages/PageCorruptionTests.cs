using System.Buffers.Binary;

namespace Influence.Scoring.Tests.Pages;

/// <summary>1,000,000 random corruptions: a typed error or the same content, nothing else.</summary>
public sealed class PageCorruptionTests
{
    private const int PerKind = 250_000;

    [Fact]
    public void Of_ties() =>
        Corrupt((size, r) => PageGen.First(PageGen.Ties(size, r)), b => PageReader.Read<Tie>(b, PageGen.Owner).Pack(PageGen.Owner));

    [Fact]
    public void Of_ledgers() =>
        Corrupt(
            (size, r) => PageGen.First(PageGen.Ledger(size, r, contexts: size % 10)),
            b => PageReader.Read<LedgerEntry>(b, PageGen.Owner).Pack(PageGen.Owner)
        );

    [Fact]
    public void Of_undos() =>
        Corrupt(
            (size, r) => PageGen.First(PageGen.Undone(size, r)),
            b => PageReader.Read<UndoneEntry>(b, PageGen.Owner).Pack(PageGen.Owner)
        );

    [Fact]
    public void Of_summaries() =>
        Corrupt(
            [StatePacking.PackSummary(Scenario.Empty), StatePacking.PackSummary(SummaryTests.Rich)],
            b => StatePacking.PackSummary(StatePacking.ReadSummary(b, Scenario.Target, Scenario.Keys))
        );

    [Fact]
    public void Even_under_a_right_checksum_nothing_but_a_typed_error_or_a_valid_page_comes_out()
    {
        var random = new Random(4);
        var ties = PageGen.Ties(20, random).Pages[0].Pack(PageGen.Owner);
        var ledger = PageGen.Ledger(20, random, contexts: 5).Pages[0].Pack(PageGen.Owner);
        var summary = StatePacking.PackSummary(SummaryTests.Rich);
        for (var i = 0; i < 60_000; i++)
        {
            Try(Resealed(ties, random, PageGen.Owner), b => AssertWhole(PageReader.Read<Tie>(b, PageGen.Owner)));
            Try(Resealed(ledger, random, PageGen.Owner), b => AssertWhole(PageReader.Read<LedgerEntry>(b, PageGen.Owner)));
            Try(
                Resealed(summary, random, Scenario.Empty.Key),
                b => AssertUsable(StatePacking.ReadSummary(b, Scenario.Target, Scenario.Keys))
            );
        }
    }

    [Fact]
    public void A_ledger_page_with_a_fact_of_another_day_is_refused()
    {
        var state = SummaryTests.Rich;
        var (day, pages) = state.Ledger.Days.First(d => d.Value.Records().Count() > 1);
        var last = pages.Records().Last();
        var other = pages.Edit([PageEdit<LedgerEntry>.Put(last with { At = last.At + ScoringPolicy.Day })]);
        Assert.Throws<PageCorruptException>(() =>
            StatePacking.WithPage(state, new PageName(PageKind.Ledger, day, 0), other.Pages[0].Pack(state.Key))
        );
    }

    [Fact]
    public void Pages_of_another_account_kind_day_or_place_are_refused()
    {
        var (ties, ledger) = (PageGen.Ties(9, new Random(1)).Pages[0], PageGen.Ledger(9, new Random(1)).Pages[0]);
        Assert.Throws<PageCorruptException>(() => PageReader.Read<Tie>(ties.Pack(1), 2));
        Assert.Throws<PageCorruptException>(() => PageReader.Read<Tie>(ledger.Pack(1), 1));
        var state = SummaryTests.Rich;
        var (day, pages) = state.Ledger.Days.First();
        var packed = pages.Pages[0].Pack(state.Key);
        Assert.Throws<PageCorruptException>(() => StatePacking.WithPage(state, new PageName(PageKind.Ledger, day + 1, 0), packed));
        Assert.Throws<PageCorruptException>(() => StatePacking.WithPage(state, new PageName(PageKind.Ledger, day, 1), packed));
    }

    private static byte[] AssertWhole<T>(PackedPage<T> page)
        where T : struct, IRecord<T>
    {
        var packed = page.Pack(PageGen.Owner);
        Assert.Equal(packed, PageReader.Read<T>(packed, PageGen.Owner).Pack(PageGen.Owner));
        return packed;
    }

    // What came through can be shown, named, packed again, and takes facts in.
    private static byte[] AssertUsable(AccountState state)
    {
        Assert.InRange(state.ScoreAt(Math.Max(state.Totals.AsOf, Scenario.Now)).Value, 1, 100);
        Assert.InRange(state.TopPeople.Length, 0, TopPeople.Shown);
        Assert.All(StatePacking.PagesOf(state), page => Assert.NotEmpty(page.Key.ToString()));
        var packed = StatePacking.PackSummary(state);
        Assert.Equal(packed, StatePacking.PackSummary(StatePacking.ReadSummary(packed, Scenario.Target, Scenario.Keys)));
        var gauge = new MetricReport
        {
            Account = Scenario.Target,
            Value = 7,
            At = Scenario.Now,
        };
        var like = new Interaction
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse("net:a1"),
            Target = Scenario.Target,
            At = Scenario.Now,
        };
        AccountUpdate.Apply(state, [gauge], VoteTable.AllOne, Scenario.Now);
        AccountUpdate.Apply(state, [like], VoteTable.AllOne, Scenario.Now);
        return packed;
    }

    private static void Corrupt(Func<int, Random, Page> make, Func<byte[], byte[]> readAndPack) =>
        Corrupt([.. Enumerable.Range(0, 61).Select(size => make(size, new Random(size)).Pack(PageGen.Owner))], readAndPack);

    private static void Corrupt(byte[][] packed, Func<byte[], byte[]> readAndPack)
    {
        var random = new Random(packed[^1].Length);
        for (var i = 0; i < PerKind; i++)
        {
            var whole = packed[random.Next(packed.Length)];
            var mangled = Mangle(whole, random);
            if (Try(mangled, readAndPack) is { } again)
                Assert.Equal(whole, again);
        }
    }

    private static T? Try<T>(byte[] bytes, Func<byte[], T> read)
        where T : class
    {
        try
        {
            return read(bytes);
        }
        catch (PageException)
        {
            return null;
        }
    }

    private static byte[] Mangle(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        switch (random.Next(6))
        {
            case 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length)));
                break;
            case 2:
                return bytes[..random.Next(bytes.Length)];
            case 3:
                return [.. bytes, .. new byte[random.Next(1, 40)]];
            case 4:
                bytes.AsSpan(random.Next(bytes.Length / 2), random.Next(bytes.Length / 2)).Reverse();
                break;
            default:
                random.NextBytes(bytes.AsSpan(0, Math.Min(bytes.Length, random.Next(1, 40))));
                break;
        }

        return bytes;
    }

    private static byte[] Resealed(byte[] whole, Random random, ulong owner)
    {
        byte[] bytes = [.. whole];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(2, bytes.Length - 4);
            if (random.Next(2) == 0)
                bytes[at] = (byte)random.Next(256);
            else
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), random.Next(2) == 0 ? -1 : random.Next());
        }

        new PageHeader(
            bytes[1],
            bytes[2],
            bytes[3],
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)),
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16))
        ).Seal(bytes, owner);
        return bytes;
    }
}
