using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Operations;

/// <summary>A random sample of accounts, spread over shards; the seed makes it repeatable.</summary>
internal sealed class AccountSample(TableClient accounts, AccountKeys keys, int seed, int scansAtATime)
{
    private const int Shards = 256;

    // Shards are even by hash, so some of them stand for all: a sample of a large deployment scans an eighth of it.
    private const int Spread = 32;

    private static readonly string[] Columns = [AccountRow.Account];

    /// <summary>So many accounts, or all where there are fewer.</summary>
    public async Task<IReadOnlyList<AccountId>> PickAsync(int count, CancellationToken cancellationToken)
    {
        if (count == 0)
            return [];
        var quota = Math.Max(1, (count + Spread - 1) / Spread);
        var (picked, spare) = (new List<AccountId>(count), new List<AccountId>());
        foreach (var shards in Enumerable.Range(0, Shards).OrderBy(s => Order($"shard {s}")).Chunk(scansAtATime))
        {
            foreach (var found in await Task.WhenAll(shards.Select(s => FirstAsync(s, count, cancellationToken))))
            {
                picked.AddRange(found.Take(quota));
                spare.AddRange(found.Skip(quota));
            }

            if (picked.Count >= count)
                return picked[..count];
        }

        // Fewer accounts than shards to spread them over, or unevenly so: the rest comes from where there are more.
        return [.. picked, .. spare.OrderBy(a => Order(a.Value)).Take(count - picked.Count)];
    }

    /// <summary>The first of a shard in the seed's order.</summary>
    /// <remarks>A scan of the shard, for account names only; rows of pages are passed over by the service.</remarks>
    private async Task<List<AccountId>> FirstAsync(int shard, int count, CancellationToken cancellationToken)
    {
        var segment = keys.SegmentsOf(new ShardRange(shard, Shards)).Single();
        var (partition, from, to) = (segment.Partition, $"s|{segment.From}", $"s|{segment.To}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var first = new PriorityQueue<AccountId, UInt128>();
        await foreach (var row in accounts.QueryAsync<TableEntity>(filter, maxPerPage: 1000, Columns, cancellationToken))
        {
            if (!AccountId.TryParse(row.GetString(AccountRow.Account), out var account))
                continue;
            // The last in order leaves first.
            first.Enqueue(account, ~Order(account.Value));
            if (first.Count > count)
                first.Dequeue();
        }

        return [.. first.UnorderedItems.OrderByDescending(i => i.Priority).Select(i => i.Element)];
    }

    private UInt128 Order(string name) =>
        XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{name}")), 0);
}
