using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Influence.Drills.Upgrade;

/// <summary>All that a version left in storage, as JSON: rows, messages, and the facts behind them.</summary>
/// <param name="Commit">The version.</param>
/// <param name="Tables">The rows by table: each property as its type's letter and its value.</param>
/// <param name="Messages">The messages of the queue of facts.</param>
/// <param name="Facts">The facts that were accepted, as actor, target, moment and id.</param>
/// <param name="Board">The board that it published.</param>
internal sealed record StoredState(
    string Commit,
    Dictionary<string, List<Dictionary<string, string>>> Tables,
    List<string> Messages,
    List<(string Actor, string Target, long At, string Id)> Facts,
    string Board
)
{
    private static readonly JsonSerializerOptions Format = new() { IncludeFields = true, WriteIndented = false };

    /// <summary>The one that is kept in the repository.</summary>
    public static string Path { get; } = System.IO.Path.Combine(TestAzurite.Root, "tests", "Influence.Drills", "Upgrade", "before.json.gz");

    public static StoredState Read()
    {
        using var unpacked = new GZipStream(File.OpenRead(Path), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<StoredState>(unpacked, Format)!;
    }

    public void Write()
    {
        using var packed = new GZipStream(File.Create(Path), CompressionLevel.SmallestSize);
        JsonSerializer.Serialize(packed, this, Format);
    }

    /// <summary>Copies what a storage holds.</summary>
    public static async Task<StoredState> OfAsync(string commit, string connectionString, IEnumerable<Interaction> facts, string board)
    {
        var tables = new Dictionary<string, List<Dictionary<string, string>>>();
        await foreach (var table in new TableServiceClient(connectionString).QueryAsync())
        {
            var rows = new TableClient(connectionString, table.Name).QueryAsync<TableEntity>();
            tables[table.Name] = await rows.Select(r => r.Where(IsStored).ToDictionary(p => p.Key, p => Text(p.Value))).ToListAsync();
        }

        var messages = (await new QueueClient(connectionString, QueueNames.Interactions).PeekMessagesAsync(32)).Value;
        return new StoredState(
            commit,
            tables,
            [.. messages.Select(m => m.MessageText)],
            [.. facts.Select(f => (f.Actor.Value, f.Target!.Value.Value, f.At, f.Id!))],
            board
        );
    }

    /// <summary>Puts it all into an empty storage.</summary>
    public async Task PutAsync(string connectionString)
    {
        foreach (var (name, rows) in Tables)
        {
            var table = new TableClient(connectionString, name);
            await table.CreateIfNotExistsAsync();
            foreach (var row in rows)
                await table.AddEntityAsync(new TableEntity(row.ToDictionary(p => p.Key, p => Value(p.Value))));
        }

        var queue = new QueueClient(connectionString, QueueNames.Interactions);
        await queue.CreateIfNotExistsAsync();
        foreach (var message in Messages)
            await queue.SendMessageAsync(message, timeToLive: TimeSpan.FromSeconds(-1));
    }

    /// <summary>The facts as they were sent.</summary>
    public IEnumerable<Interaction> Sent() =>
        Facts.Select(f => new Interaction
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse(f.Actor),
            Target = AccountId.Parse(f.Target),
            At = f.At,
            Id = f.Id,
            Source = Writer.Unnamed.SourceOf(null),
        });

    private static bool IsStored(KeyValuePair<string, object> property) =>
        property.Value is not null && property.Key is not ("odata.etag" or "Timestamp");

    private static string Text(object value) =>
        value switch
        {
            string s => "s" + s,
            byte[] b => "b" + Convert.ToBase64String(b),
            int i => "i" + i.ToString(CultureInfo.InvariantCulture),
            long l => "l" + l.ToString(CultureInfo.InvariantCulture),
            double d => "d" + d.ToString("r", CultureInfo.InvariantCulture),
            bool t => t ? "t1" : "t0",
            DateTimeOffset m => "m" + m.ToString("O", CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "Not a type of this project's rows."),
        };

    private static object Value(string text) =>
        (text[0], text[1..]) switch
        {
            ('s', var s) => s,
            ('b', var b) => Convert.FromBase64String(b),
            ('i', var i) => int.Parse(i, CultureInfo.InvariantCulture),
            ('l', var l) => long.Parse(l, CultureInfo.InvariantCulture),
            ('d', var d) => double.Parse(d, CultureInfo.InvariantCulture),
            ('t', var t) => t == "1",
            ('m', var m) => DateTimeOffset.ParseExact(m, "O", CultureInfo.InvariantCulture),
            _ => throw new InvalidDataException($"'{text[0]}' is not a type's letter."),
        };
}
