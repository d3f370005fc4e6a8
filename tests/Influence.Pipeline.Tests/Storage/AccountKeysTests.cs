namespace Influence.Pipeline.Tests.Storage;

public sealed class AccountKeysTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    [InlineData(16, 4)]
    [InlineData(16, 256)]
    [InlineData(256, 7)]
    public void Ranges_hold_every_account_once(int partitions, int ranges)
    {
        var keys = new AccountKeys(new KeyHasher(3), partitions);
        var segments = ShardRange.All(ranges).SelectMany((range, i) => keys.SegmentsOf(range).Select(s => (Index: i, Segment: s))).ToList();
        for (var i = 0; i < 1000; i++)
        {
            var account = AccountId.Parse($"net:~{i}");
            var (partition, row) = (keys.PartitionOf(account), keys.StateOf(account));
            var holding = Assert.Single(
                segments,
                s =>
                    s.Segment.Partition == partition
                    && string.CompareOrdinal(row, $"s|{s.Segment.From}") >= 0
                    && string.CompareOrdinal(row, $"s|{s.Segment.To}") < 0
            );
            // Votes and attention are cut by the same ranges.
            Assert.Equal(ShardRange.IndexOf(keys.Hasher.KeyOf(account), ranges), holding.Index);
        }
    }

    [Fact]
    public void Rows_of_a_kind_lie_together_and_carry_their_accounts_key()
    {
        var (keys, ann) = (new AccountKeys(new KeyHasher(3), 16), AccountId.Parse("net:ann"));
        var state = keys.StateOf(ann);
        Assert.Matches("^s\\|[0-9a-f]{32}$", state);
        string[] pages =
        [
            .. new[] { PageKind.Ties, PageKind.Ledger, PageKind.Undone }.Select(kind => keys.RowOf(ann, new PageName(kind, 20_777, 7))),
        ];
        Assert.All(pages, p => Assert.True(AccountKeys.KeyIn(p).SequenceEqual(AccountKeys.KeyIn(state))));
        Assert.Equal(["t", "l", "u"], pages.Select(p => p[..1]));
        var (from, to) = keys.LedgerBefore(ann, 20_778);
        Assert.True(string.CompareOrdinal(pages[1], from) > 0 && string.CompareOrdinal(pages[1], to) < 0);
        Assert.True(string.CompareOrdinal(pages[1], keys.LedgerBefore(ann, 20_777).To) > 0);
    }

    [Fact]
    public void Partitions_are_even()
    {
        var keys = new AccountKeys(new KeyHasher(5), 16);
        var sizes = Enumerable.Range(0, 16_000).Select(i => keys.PartitionOf(AccountId.Parse($"net:{i}"))).CountBy(p => p).ToList();
        Assert.Equal(16, sizes.Count);
        Assert.All(sizes, s => Assert.InRange(s.Value, 800, 1_200));
    }
}
