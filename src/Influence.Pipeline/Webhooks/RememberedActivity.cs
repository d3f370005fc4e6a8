using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Webhooks;

/// <summary>A remembered activity. Row layout 1.</summary>
/// <remarks>
/// Partition = two hex digits of the key's hash, row = the key; <c>V</c>, <c>Facts0…</c> (messages of <see cref="FactsCodec"/>, UTF-8),
/// <c>TakenBackAt</c> (Unix seconds; absent while it stands) and <c>At</c>, the last change: 90 days after it the row can go.
/// </remarks>
internal sealed record RememberedActivity(string Key, IReadOnlyList<Interaction> Interactions, long? TakenBackAt)
{
    private const int Layout = 1;
    private const string Facts = "Facts";

    public static RememberedActivity New(string key) => new(key, [], null);

    public static (string Partition, string Row) AddressOf(string key) =>
        (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key)).ToString("x16", CultureInfo.InvariantCulture)[..2], TableKey.Encode(key));

    public static RememberedActivity Read(string key, TableEntity row)
    {
        if (row.GetInt32("V") != Layout)
            throw new InvalidOperationException($"The layout {row.GetInt32("V")} of an activity is not known here.");
        var interactions = new List<Interaction>();
        for (var i = 0; row.GetBinary($"{Facts}{i}") is { } message; i++)
            interactions.AddRange(FactsCodec.Read(Encoding.UTF8.GetString(message)).Facts.Cast<Interaction>());
        return new RememberedActivity(key, interactions, row.GetInt64(nameof(TakenBackAt)));
    }

    public TableEntity ToRow(DateTimeOffset now)
    {
        var (partition, rowKey) = AddressOf(Key);
        var row = new TableEntity(partition, rowKey) { ["V"] = Layout, ["At"] = now };
        if (TakenBackAt is { } at)
            row[nameof(TakenBackAt)] = at;
        if (Interactions.Count == 0)
            return row;
        // As bytes: a property holds 64 KiB of those, but only 32 Ki characters of text.
        foreach (var (i, message) in FactsCodec.Write([.. Interactions], new FactOrigin(now.ToUnixTimeSeconds())).Index())
            row[$"{Facts}{i}"] = Encoding.UTF8.GetBytes(message);
        return row;
    }

    public IReadOnlyList<Fact> ToFacts() => TakenBackAt is { } at ? [.. Interactions.Select(i => new Undo(i) { At = at })] : Interactions;
}
