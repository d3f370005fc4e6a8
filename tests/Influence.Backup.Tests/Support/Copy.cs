using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Influence.Storage;

namespace Influence.Backup.Tests.Support;

/// <summary>Tables of a deployment on Azurite, under a prefix of their own.</summary>
internal sealed class Copy(TestAzurite azurite)
{
    public const long Seed = 0x7000_0000_0000_0007;

    public string Prefix { get; } = "t" + Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture)[..16];

    public string ConnectionString => azurite.ConnectionString;

    public TableClient Table(string name) => new(azurite.ConnectionString, Prefix + name);

    public QueueClient Queue(string name) => new(azurite.ConnectionString, Prefix + name);

    /// <summary>Makes the tables, with the row of a deployment.</summary>
    public async Task CreateAsync(long seed = Seed)
    {
        foreach (var table in DeploymentTables.All)
            await Table(table).CreateAsync();
        var row = new TableEntity(DeploymentTables.Partition, DeploymentTables.Keys)
        {
            [DeploymentTables.Seed] = seed,
            [DeploymentTables.LayoutVersion] = DeploymentTables.Layout,
            ["Partitions"] = 16,
        };
        await Table(DeploymentTables.Accounts).AddEntityAsync(row);
    }

    /// <summary>Adds rows as accounts have them: in 16 partitions, with bytes that do not compress.</summary>
    public async Task FillAsync(int accounts, int bytes)
    {
        var random = new Random(17);
        for (var partition = 0; partition < 16; partition++)
        {
            var rows = Enumerable
                .Range(0, accounts / 16)
                .Select(i =>
                {
                    var summary = new byte[bytes];
                    random.NextBytes(summary);
                    return new TableEntity($"{partition:x2}", $"s|{i:x32}") { ["V"] = 1, ["Summary"] = summary };
                });
            foreach (var some in rows.Chunk(100))
                await Table(DeploymentTables.Accounts)
                    .SubmitTransactionAsync(some.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r)));
        }
    }

    public async Task<int?> LayoutAsync() =>
        (
            await Table(DeploymentTables.Accounts).GetEntityAsync<TableEntity>(DeploymentTables.Partition, DeploymentTables.Keys)
        ).Value.GetInt32(DeploymentTables.LayoutVersion);

    /// <summary>Every row of every table, without stamps and ETags, values with their types.</summary>
    public async Task<IReadOnlyDictionary<string, List<string>>> RowsAsync()
    {
        var all = new Dictionary<string, List<string>>();
        foreach (var table in DeploymentTables.All)
        {
            var rows = new List<string>();
            await foreach (var row in Table(table).QueryAsync<TableEntity>())
                rows.Add(TextOf(row));
            rows.Sort(StringComparer.Ordinal);
            all[table] = rows;
        }

        return all;
    }

    /// <summary>A row as text in which any two different values differ.</summary>
    public static string TextOf(TableEntity row) =>
        string.Join(
            '\n',
            row.Where(p => p.Key is not ("Timestamp" or "odata.etag"))
                .OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => $"{p.Key} {p.Value.GetType().Name} {ValueOf(p.Value)}")
        );

    private static string ValueOf(object value) =>
        value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            DateTimeOffset moment => moment.UtcTicks.ToString(CultureInfo.InvariantCulture),
            double number => BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
