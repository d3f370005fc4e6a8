using System.Globalization;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Support;

/// <summary>A small community to settle: forty people, twelve they talk to, and one who engages everybody.</summary>
internal static class SettledCommunity
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static async Task<List<string>> ReceiveAsync(App app)
    {
        var messages = (await app.Deployment.Shards.ReceiveMessagesAsync(32)).Value;
        foreach (var message in messages)
            await app.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        return [.. messages.Select(m => m.MessageText)];
    }

    public static async Task<Dictionary<(string, string), Azure.ETag>> RowsAsync(App app) =>
        await app
            .Deployment.Accounts.QueryAsync<TableEntity>(r => r.PartitionKey != "deployment")
            .ToDictionaryAsync(r => (r.PartitionKey, r.RowKey), r => r.ETag);

    public static async Task<App> CommunityAsync(
        int shardsPerMessage,
        int parallel = 8,
        string tolerance = "0.01",
        int passes = 3,
        TestAzurite? azurite = null,
        params (string Key, string Value)[] settings
    )
    {
        var app = new App(
            azurite,
            Noon,
            null,
            [
                .. settings,
                ("Influence:SettlePasses", passes.ToString(CultureInfo.InvariantCulture)),
                ("Influence:SettleTolerance", tolerance),
                ("Influence:VoteCacheSeconds", "0"),
                ("Influence:AccountsAtATime", parallel.ToString(CultureInfo.InvariantCulture)),
                ("Influence:ShardsPerMessage", shardsPerMessage.ToString(CultureInfo.InvariantCulture)),
            ]
        );
        // Other seeds give other keys, hence another order of summing: for equal bits deployments must agree in it.
        await app.Deployment.Accounts.CreateIfNotExistsAsync();
        await app.Deployment.Accounts.UpsertEntityAsync(
            new TableEntity("deployment", "keys")
            {
                ["Seed"] = 42L,
                ["LayoutVersion"] = AccountKeys.Layout,
                ["Partitions"] = 16,
            }
        );
        return await FilledAsync(app);
    }

    private static async Task<App> FilledAsync(App app)
    {
        var random = new Random(3);
        var items = Enumerable
            .Range(0, 400)
            .Select(i => app.Share($"net:a{random.Next(40)}", $"net:t{random.Next(12)}", $"{i}", random.Next(86_400)))
            .Concat(Enumerable.Range(0, 40).Select(i => app.Share("net:everywhere", $"net:a{i}", $"e{i}")))
            .Concat(Enumerable.Range(0, 12).Select(i => app.Share($"net:t{i}", $"net:t{(i + 1) % 12}", $"r{i}")));
        await app.SendAsync([.. items]);
        await app.DrainAsync();
        return app;
    }

    public static async Task<List<(string Board, int Rank, string Id, long Score, long Influence)>> BitsAsync(App app)
    {
        var boards = app.Get<BoardQueries>();
        var bits = new List<(string, int, string, long, long)>();
        foreach (var board in (await boards.ListAsync(default)).Leaderboards)
        foreach (var row in (await boards.FindAsync(board.Board, null, 1000, 0, default))!.Rows)
            bits.Add(
                (board.Board, row.Rank, row.Id, BitConverter.DoubleToInt64Bits(row.Score), BitConverter.DoubleToInt64Bits(row.Influence))
            );
        return bits;
    }
}
