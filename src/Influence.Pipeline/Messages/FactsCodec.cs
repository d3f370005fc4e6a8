using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Influence.Pipeline.Messages;

/// <summary>Facts to messages and back.</summary>
public static class FactsCodec
{
    // Room for the envelope; base64 makes four bytes of three.
    private const int MaxCompressed = (FactsMessage.MaxBytes - 640) / 4 * 3;
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 22;
    private const int BytesPerFact = 192;
    private const int MaxInflated = 64 * 1024 * 1024;

    /// <summary>Packs facts into as few messages as their bytes need, each at most <see cref="FactsMessage.MaxBytes"/>.</summary>
    /// <param name="facts">The facts; their source is the origin's.</param>
    /// <param name="origin">How they came in.</param>
    /// <param name="id">Names the message; null for a new name.</param>
    /// <param name="traceParent">The W3C context of the span that sends it; null where nobody traces.</param>
    public static IEnumerable<string> Write(IReadOnlyList<Fact> facts, FactOrigin origin, string? id = null, string? traceParent = null)
    {
        var packed = Compress(facts);
        if (packed.Length > MaxCompressed && facts.Count > 1)
        {
            var half = facts.Count / 2;
            return [.. Write([.. facts.Take(half)], origin, id, traceParent), .. Write([.. facts.Skip(half)], origin, id, traceParent)];
        }

        var message = new FactsMessage(
            FactsMessage.Version,
            id ?? Guid.CreateVersion7().ToString("n"),
            origin.ReceivedAt,
            origin.Source,
            origin.IsImport,
            Convert.ToBase64String(packed.Span),
            traceParent
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
            using var items = JsonDocument.Parse(Inflate(Convert.FromBase64String(message.Facts ?? "")));
            return items.RootElement.ValueKind == JsonValueKind.Array
                ? (message, [.. items.RootElement.EnumerateArray().Select(item => FactOf(item, message.Source))])
                : throw new MessageUnreadableException("it has no facts");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException or InvalidOperationException)
        {
            throw new MessageUnreadableException("it is not JSON with Brotli in base64");
        }
    }

    private static Fact FactOf(JsonElement item, string? source)
    {
        var (_, fact, refusal) = FactReader.Read(item, defaults: new FactDefaults(null, null, source));
        return fact ?? throw new MessageUnreadableException($"a fact in it breaks a rule ({refusal!.Message})");
    }

    private static ReadOnlyMemory<byte> Compress(IReadOnlyList<Fact> facts)
    {
        var items = new ArrayBufferWriter<byte>(Math.Max(256, facts.Count * BytesPerFact));
        FactWriter.WriteArray(items, facts);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(items.WrittenCount)];
        return BrotliEncoder.TryCompress(items.WrittenSpan, packed, out var length, BrotliQuality, BrotliWindow)
            ? packed.AsMemory(0, length)
            : throw new InvalidOperationException($"{items.WrittenCount} bytes of facts were not compressed.");
    }

    // A hostile message must not unpack into gigabytes.
    private static MemoryStream Inflate(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var inflated = new MemoryStream(packed.Length * 4);
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
