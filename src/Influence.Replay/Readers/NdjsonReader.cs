using System.Text.Json;

namespace Influence.Replay.Readers;

/// <summary>The API's own items, one a line: posted as they are, but for <c>at</c>, which moves with the log.</summary>
internal sealed class NdjsonReader : IFactReader
{
    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally) =>
        LineReader.Read(stream, file).Select(l => Parse(l.Line, file, l.Number));

    private static FactLine Parse(byte[] line, string file, int number)
    {
        FactLine? fact = null;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw new BadLineException(file, number, "the line is not a JSON object");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isAt = json.ValueTextEquals("at"u8);
                json.Read();
                if (!isAt)
                {
                    json.Skip();
                    continue;
                }

                if (fact is not null)
                    throw new BadLineException(file, number, "'at' stands there twice");
                var start = (int)json.TokenStartIndex;
                if (!Timestamp.TryRead(JsonElement.ParseValue(ref json), out var at) || at is < 0 or > Timestamp.MaxSeconds)
                    throw new BadLineException(file, number, $"'at' {Timestamp.Rule}");
                fact = new FactLine(line, start, (int)json.BytesConsumed - start, at);
            }

            // Nothing may follow the object; the reader says so itself.
            json.Read();
        }
        catch (JsonException e)
        {
            throw new BadLineException(file, number, $"the line is not JSON (byte {e.BytePositionInLine + 1})");
        }

        return fact ?? throw new BadLineException(file, number, "'at' is missing");
    }
}
