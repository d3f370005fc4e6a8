using System.Text.Json;

namespace Influence.Replay.Readers;

/// <summary>A JSON array of the API's own items, bare or as <c>{"interactions":[…]}</c>; see <see cref="JsonItem"/>.</summary>
/// <remarks>Held in memory as a whole, unlike the other formats.</remarks>
internal sealed class JsonArrayReader(ReadRules rules) : IFactReader
{
    private const int MaxBytes = 1 << 30;

    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally)
    {
        var bytes = ReadAll(stream, file);
        foreach (var item in Items(bytes, file))
            if (tally.Try(item, file, () => JsonItem.Read(OnOneLine(item.Bytes), file, item.Number, rules)) is { } fact)
                yield return fact;
    }

    private static byte[] ReadAll(Stream stream, string file)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0; )
        {
            if (all.Length + read > MaxBytes)
                throw new ReplayFailedException($"{file} is an array of more than 1 GiB: write its items one a line (jq -c '.[]').");
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    // A file that breaks off or is no JSON has no items, not some of them.
    private static List<RawLine> Items(byte[] bytes, string file)
    {
        var items = new List<RawLine>();
        var (line, counted) = (1, 0);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !reader.ValueTextEquals("interactions"u8))
                    reader.Skip();
            if (reader.TokenType == JsonTokenType.PropertyName)
                reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new BadLineException(file, 1, "there is no array of items: [{…},…] or {\"interactions\":[…]}");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                line += bytes.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                var item = bytes[start..(int)reader.BytesConsumed];
                items.Add(
                    new RawLine(line, item, item.Length > LineReader.MaxLine ? "the item is longer than a request may be (1 MiB)" : null)
                );
            }

            while (reader.Read()) { }
            return items;
        }
        catch (JsonException e)
        {
            throw new BadLineException(
                file,
                (int)(e.LineNumber ?? 0) + 1,
                "the file is not JSON from here on, or breaks off here; nothing of it was read"
            );
        }
    }

    private static byte[] OnOneLine(byte[] item)
    {
        if (!item.AsSpan().ContainsAny((byte)'\n', (byte)'\r'))
            return item;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(item.Length);
        using var document = JsonDocument.Parse(item);
        using (var writer = new Utf8JsonWriter(buffer, FactWriter.Options))
            document.RootElement.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
