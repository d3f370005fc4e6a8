using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;

namespace Influence.Tests;

/// <summary>Looks for a text in every table and queue of a deployment, byte by byte, packed contents unpacked.</summary>
internal static class IdSearch
{
    /// <summary>Where the text was found; empty for nowhere.</summary>
    public static async Task<List<string>> FindAsync(Deployment deployment, string text)
    {
        var found = new List<string>();
        TableClient[] tables =
        [
            deployment.Accounts,
            deployment.Leaderboards,
            deployment.Settlements,
            deployment.Journal,
            deployment.Activities,
            deployment.Profiles,
            deployment.Suppressed,
            deployment.Audit,
            deployment.DeadLetters,
        ];
        foreach (var table in tables)
        await foreach (var row in table.QueryAsync<TableEntity>())
            if (Holds(row, text))
                found.Add($"{table.Name} {row.PartitionKey} {row.RowKey}");
        foreach (var queue in new[] { deployment.Interactions, deployment.Shards, deployment.InteractionsPoison, deployment.ShardsPoison })
        foreach (var message in (await queue.PeekMessagesAsync(32)).Value)
            if (Holds(Encoding.UTF8.GetBytes(message.MessageText), text))
                found.Add($"{queue.Name} {message.MessageId}");
        return found;
    }

    private static bool Holds(TableEntity row, string text)
    {
        var binary = row.Where(p => p.Value is byte[]).OrderBy(p => p.Key.Length).ThenBy(p => p.Key, StringComparer.Ordinal).ToList();
        return Names(row.PartitionKey, text)
            || Names(row.RowKey, text)
            || row.Any(p => p.Value is string s && (Names(s, text) || Holds(Encoding.UTF8.GetBytes(s), text)))
            || binary.Exists(p => Holds((byte[])p.Value, text))
            // One content over several properties.
            || Holds([.. binary.SelectMany(p => (byte[])p.Value)], text);
    }

    // Letters, digits and '-' stand in keys as they are.
    private static bool Names(string value, string text) => value.Contains(text, StringComparison.Ordinal);

    private static bool Holds(byte[] bytes, string text)
    {
        if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
            return true;
        if (Inflate(bytes) is { } inflated && inflated.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
            return true;
        // A message: its facts are packed once more.
        var json = Encoding.UTF8.GetString(bytes);
        var at = json.IndexOf("\"facts\":\"", StringComparison.Ordinal);
        if (at < 0)
            return false;
        var start = at + "\"facts\":\"".Length;
        var packed = json[start..json.IndexOf('"', start)].Replace("\\u002B", "+", StringComparison.Ordinal);
        return Inflate(Convert.FromBase64String(packed)) is { } facts && facts.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }

    private static byte[]? Inflate(byte[] bytes)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            brotli.CopyTo(inflated);
            return inflated.ToArray();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
