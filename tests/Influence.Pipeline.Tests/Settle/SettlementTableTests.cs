using CsCheck;

namespace Influence.Pipeline.Tests.Settle;

public sealed class SettlementTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60 * 1024)]
    [InlineData((60 * 1024) + 1)]
    [InlineData(720 * 1024)]
    [InlineData((720 * 1024) + 1)]
    [InlineData(2_500_000)]
    public async Task Any_number_of_bytes_comes_back(int length)
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var data = new byte[length];
        new Random(length).NextBytes(data);
        var table = new SettlementTable(app.Deployment.Settlements);
        await table.PutAsync("2026-11-20.x", "votes|001|00", data, default);
        Assert.Equal(data, await table.FindAsync("2026-11-20.x", "votes|001|00", default));
        Assert.Null(await table.FindAsync("2026-11-20.x", "votes|001|01", default));
        Assert.Null(await table.FindAsync("2026-11-20.y", "votes|001|00", default));
        await table.PutAsync("2026-11-20.y", "votes|001|00", [1], default);
        await table.DeleteAsync("2026-11-20.x", default);
        Assert.Null(await table.FindAsync("2026-11-20.x", "votes|001|00", default));
        Assert.NotNull(await table.FindAsync("2026-11-20.y", "votes|001|00", default));
    }

    [Fact]
    public void Packed_values_come_back_in_key_order() =>
        Gen.Dictionary(Gen.ULong, Gen.Double)
            .Sample(values => Assert.Equal(values.OrderBy(v => v.Key), KeyedValueCodec.Read<double>(KeyedValueCodec.Pack(values))));

    [Fact]
    public void Packed_values_are_found_by_key_and_joined_in_key_order() =>
        Gen.Dictionary(Gen.ULong[0, 200], Gen.Long)[0, 30]
            .Select(Gen.Dictionary(Gen.ULong[0, 200], Gen.Double)[0, 30])
            .Sample(
                (first, second) =>
                {
                    var (longs, doubles) = (KeyedValueCodec.Pack(first), KeyedValueCodec.Pack(second));
                    Assert.All(
                        Enumerable.Range(0, 201).Select(k => (ulong)k),
                        k => Assert.Equal(first.GetValueOrDefault(k, -1), KeyedValueCodec.Find(longs, k, -1L))
                    );
                    var (keys, values) = KeyedValueCodec.ReadAll<long>(longs);
                    Assert.Equal(first.OrderBy(v => v.Key), keys.Zip(values, KeyValuePair.Create));
                    Assert.Equal(
                        first
                            .Keys.Union(second.Keys)
                            .Order()
                            .Select(k => (k, first.GetValueOrDefault(k, -1), second.GetValueOrDefault(k, 0.5))),
                        KeyedValueCodec.Join(longs, -1L, doubles, 0.5)
                    );
                }
            );

    [Fact]
    public void What_is_cut_short_is_not_read()
    {
        var packed = KeyedValueCodec.Pack([KeyValuePair.Create(1UL, 2L)]);
        Assert.Throws<InvalidDataException>(() => KeyedValueCodec.Read<long>(packed[..^1]).ToList());
        Assert.Throws<InvalidDataException>(() => KeyedValueCodec.Read<long>([]).ToList());
        Assert.Throws<InvalidDataException>(() => KeyedValueCodec.Read<long>([9, .. packed[1..]]).ToList());
    }

    [Fact]
    public void Every_shard_lies_in_the_range_that_its_keys_are_handed_to()
    {
        for (var count = 1; count <= 256; count++)
        {
            var ranges = ShardRange.All(count).ToList();
            Assert.Equal((0, 256), (ranges[0].First, ranges[^1].End));
            for (var shard = 0; shard < 256; shard++)
            {
                var range = ranges[ShardRange.IndexOf(((ulong)shard << 56) | 5, count)];
                Assert.InRange(shard, range.First, range.End - 1);
            }
        }
    }
}
