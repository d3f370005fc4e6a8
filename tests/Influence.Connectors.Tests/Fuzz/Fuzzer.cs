using System.Text;
using System.Text.Json;
using Influence.Connectors.Tests.Cases;

namespace Influence.Connectors.Tests.Fuzz;

/// <summary>
/// Mutates good bodies into hostile ones. Bytes are changed or cut, values replaced by values of other kinds and other places or by deep
/// nesting; or a body is plain noise.
/// </summary>
internal sealed class Fuzzer(int seed)
{
    private static readonly (byte[] Body, (int Start, int End)[] Values)[] Seeds =
    [
        .. Sample.All().Select(s => s.Body).Concat(Case.All().Select(c => c.Body)).Select(b => (b, ValuesOf(b))),
    ];
    private static readonly string[] Literals =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1e308",
        "-9223372036854775809",
        "99999999999999999999999",
        "\"\"",
        "\"\\uD800\"",
        "\"\\u0000\"",
        "\"a\\nb\"",
        "[]",
        "{}",
        "[null]",
        "[[],{}]",
        "{\"\":null}",
        "\"2026-13-45T99:99:99Z\"",
        "\"-62135596800001\"",
        "\"@a @b <@U1> [quote=\\\"x\\\"]\"",
        "{\"type\":[\"Undo\",1]}",
        "{\"\\uDC00\":1}",
    ];

    private readonly Random random = new(seed);

    public byte[] Next()
    {
        var (body, values) = Seeds[random.Next(Seeds.Length)];
        return random.Next(8) switch
        {
            0 => Flip(body),
            1 => body[..random.Next(body.Length)],
            2 => Noise(),
            3 => Flip(Replace(body, values)),
            _ => Replace(body, values),
        };
    }

    public string Word() =>
        random.Next(4) switch
        {
            0 => Encoding.Latin1.GetString(Noise().AsSpan(0, random.Next(8))),
            _ => Words[random.Next(Words.Length)],
        };

    private static readonly string[] Words =
    [
        .. Sample
            .All()
            .SelectMany(s => s.Headers)
            .Concat(Case.All().SelectMany(c => c.Headers))
            .Select(h => h.Value)
            .Append("")
            .Append("https://")
            .Distinct(),
    ];

    private byte[] Replace(byte[] body, (int Start, int End)[] values)
    {
        if (values.Length == 0)
            return Flip(body);
        var (start, end) = values[random.Next(values.Length)];
        return [.. body.AsSpan(0, start), .. Value(), .. body.AsSpan(end)];
    }

    private byte[] Value()
    {
        switch (random.Next(6))
        {
            case 0:
                var depth = random.Next(1, random.Next(20) == 0 ? 5000 : 60);
                var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"object\":", "}");
                return Encoding.UTF8.GetBytes(
                    string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth))
                );
            case 1:
                var (body, values) = Seeds[random.Next(Seeds.Length)];
                return values.Length == 0 ? "1"u8.ToArray() : body[values[random.Next(values.Length)] is var v ? v.Start..v.End : default];
            case 2:
                return Encoding.UTF8.GetBytes($"\"{new string('x', random.Next(3000))}\"");
            default:
                return Encoding.UTF8.GetBytes(Literals[random.Next(Literals.Length)]);
        }
    }

    private byte[] Flip(byte[] body)
    {
        var copy = body.ToArray();
        for (var i = random.Next(1, 6); i > 0 && copy.Length > 0; i--)
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        return copy;
    }

    private byte[] Noise()
    {
        var noise = new byte[random.Next(8, 200)];
        random.NextBytes(noise);
        return noise;
    }

    // Where each value of a body stands, objects and arrays included; none for a body that is no JSON.
    private static (int, int)[] ValuesOf(byte[] body)
    {
        var values = new List<(int, int)>();
        var open = new Stack<int>();
        try
        {
            for (var reader = new Utf8JsonReader(body); reader.Read(); )
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    open.Push((int)reader.TokenStartIndex);
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    values.Add((open.Pop(), (int)reader.BytesConsumed));
                else if (reader.TokenType != JsonTokenType.PropertyName)
                    values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
        }
        catch (JsonException)
        {
            return [];
        }

        return [.. values];
    }
}
