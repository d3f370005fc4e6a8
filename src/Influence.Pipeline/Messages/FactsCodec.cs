using System.IO.Compression;
using System.Text.Json;

namespace Influence.Pipeline.Messages;

/// <summary>Facts to messages and back.</summary>
public static class FactsCodec
{
    // Room for the envelope; base64 makes four bytes of three.
    private const int MaxCompressed = (FactsMessage.MaxBytes - 256) / 4 * 3;
    private const int BrotliQuality = 4;
    private const int MaxInflated = 64 * 1024 * 1024;

    /// <summary>Packs facts into as few messages as their bytes need, each at most <see cref="FactsMessage.MaxBytes"/>.</summary>
    /// <param name="facts">The facts, all of one shard group.</param>
    /// <param name="receivedAt">When they reached the door, Unix seconds.</param>
    /// <param name="id">Names the message; null for a new name.</param>
    public static IEnumerable<string> Write(IReadOnlyList<Fact> facts, long receivedAt, string? id = null)
    {
        var packed = Compress(facts);
        if (packed.Length > MaxCompressed && facts.Count > 1)
            return [.. Write([.. facts.Take(facts.Count / 2)], receivedAt, id), .. Write([.. facts.Skip(facts.Count / 2)], receivedAt, id)];
        var message = new FactsMessage(
            FactsMessage.Version,
            id ?? Guid.CreateVersion7().ToString("n"),
            receivedAt,
            Convert.ToBase64String(packed)
        );
        return [JsonSerializer.Serialize(message, MessageJson.Default.FactsMessage)];
    }

    /// <summary>Reads a message back.</summary>
    /// <exception cref="MessageUnreadableException">It is not one of ours, or of a newer version.</exception>
    public static (FactsMessage Message, IReadOnlyList<Fact> Facts) Read(string text)
    {
        try
        {
            var message =
                JsonSerializer.Deserialize(text, MessageJson.Default.FactsMessage) ?? throw new MessageUnreadableException("it is empty");
            if (message.V != FactsMessage.Version)
                throw new MessageUnreadableException($"its version {message.V} is not known here");
            if (string.IsNullOrEmpty(message.Id))
                throw new MessageUnreadableException("it has no id");
            var items = JsonSerializer.Deserialize(
                Inflate(Convert.FromBase64String(message.Facts ?? "")),
                MessageJson.Default.ListFactItem
            );
            return (message, items?.ConvertAll(FactOf) ?? throw new MessageUnreadableException("it has no facts"));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException or InvalidOperationException)
        {
            throw new MessageUnreadableException("it is not JSON with Brotli in base64");
        }
    }

    // JSON has nulls where our types have none.
    private static Fact FactOf(FactItem? item) =>
        item is not null && item.Topics?.Contains(null!) != true && item.ToFact() is ({ } fact, _)
            ? fact
            : throw new MessageUnreadableException("a fact in it breaks a rule");

    private static byte[] Compress(IReadOnlyList<Fact> facts)
    {
        List<FactItem> items = [.. facts.Select(FactItems.Of)];
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true))
            JsonSerializer.Serialize(brotli, items, MessageJson.Default.ListFactItem);
        return bytes.ToArray();
    }

    // A hostile message must not unpack into gigabytes.
    private static MemoryStream Inflate(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var inflated = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (brotli.Read(buffer) is var read and > 0)
        {
            inflated.Write(buffer.AsSpan(0, read));
            if (inflated.Length > MaxInflated)
                throw new MessageUnreadableException("it unpacks to more than 64 MiB");
        }

        inflated.Position = 0;
        return inflated;
    }
}
