using Npgsql;
using NpgsqlTypes;

namespace Influence.Benchmarks.Peers;

/// <summary>
/// An events table with an index in PostgreSQL. A score is a query over an account's events, the board a nightly aggregate with window
/// ranks.
/// </summary>
internal static class PostgresPeer
{
    // Points of types, the fading, and one person for less than one: the formula but for votes.
    private static string Scores(string where) =>
        $"""
            select account, 1 + 99.0 / 8 * log(1 + 10 * sum(x / (x + 2))::numeric)::float8 as score from
              (select account, actor, sum(points * exp(ln(2) * (at - {Facts.Now}) / 2592000.0)) as x from events {where}
               group by account, actor) ties
            group by account
            """;

    public static async Task<PeerResult?> RunAsync(PeerLog log)
    {
        string[] folders = Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))]
            : [];
        if (Server.Find("initdb", folders) is not { } initdb || Server.Find("postgres", folders) is not { } postgres)
            return null;
        using var server = await Server.StartAsync(
            postgres,
            (folder, port) => ["-D", Path.Combine(folder, "data"), "-p", $"{port}", "-k", folder, "-c", "listen_addresses=127.0.0.1"],
            folder =>
                Server.RunAsync(
                    initdb,
                    ["-D", Path.Combine(folder, "data"), "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C"],
                    "postgres"
                ),
            "postgres"
        );
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={server.Port};Username=bench;Database=postgres;Timeout=60");
        await using var connection = await OpenAsync(source);
        await DoAsync(
            connection,
            "create table events (account text, actor text, id text, points float8, at bigint, unique (account, actor, id))"
        );
        var ingest = await PeerResult.SecondsAsync(() => InsertAsync(connection, log.Facts));
        await DoAsync(connection, "analyze events");
        var median = await PeerResult.EachAsync(100, () => DoAsync(connection, One(log.Median)));
        var largest = await PeerResult.EachAsync(50, () => DoAsync(connection, One(log.Largest)));
        var nightly =
            $"create table board as select account, score, rank() over (order by score desc) as rank from ({Scores("")}) "
            + $"scores; create index on board (rank); create index on board (account)";
        var board = await PeerResult.SecondsAsync(() => DoAsync(connection, nightly));
        var read = await PeerResult.EachAsync(
            100,
            () => DoAsync(connection, "select account, score, rank from board where rank <= 100 order by rank")
        );
        return new PeerResult(
            "PostgreSQL (events table, nightly aggregate)",
            log.Facts.Length,
            ingest,
            median,
            largest,
            board,
            read,
            "votes (a loop of its own over the whole graph); a score in bounded time"
        )
        {
            Note =
                "Batches of 1,000, each one statement and one commit with fsync; the unique index deduplicates, an undo "
                + "deletes, the fading is in the query. A score reads all events of the account; the nightly "
                + "aggregate reads all events ever kept.",
        };
    }

    private static string One(AccountId account) => Scores($"where account = '{account.Value}'");

    // The port answers a moment before the server takes logins.
    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await source.OpenConnectionAsync();
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Interaction[] facts)
    {
        foreach (var batch in facts.Chunk(1000))
        {
            await using var command = new NpgsqlCommand(
                "insert into events select * from unnest($1, $2, $3, $4, $5) on conflict do nothing",
                connection
            );
            command.Parameters.Add(
                new() { Value = batch.Select(f => f.Target!.Value.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
            );
            command.Parameters.Add(
                new() { Value = batch.Select(f => f.Actor.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
            );
            command.Parameters.Add(
                new() { Value = batch.Select(f => f.Id!).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
            );
            command.Parameters.Add(
                new()
                {
                    Value = batch.Select(f => ScoringPolicy.Current.PointsOf(f.Type)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double,
                }
            );
            command.Parameters.Add(
                new() { Value = batch.Select(f => f.At).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint }
            );
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            for (var i = 0; i < reader.FieldCount; i++)
                _ = reader.GetValue(i);
    }
}
