using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Influence.Drills.Hostile;

/// <summary>Bodies: broken, deep, long, packed, of other types, and almost right ones.</summary>
internal static class HostileBodies
{
    private static readonly string[] Fields =
    [
        "type",
        "actor",
        "target",
        "at",
        "id",
        "object",
        "topics",
        "community",
        "undo",
        "actorName",
        "targetName",
        "account",
        "metric",
        "value",
        "add",
        "interactions",
        "metrics",
        "source",
        "specversion",
        "data",
        "data_base64",
        "datacontenttype",
        "time",
        "subject",
        "name",
        "accounts",
        "standing",
        "reason",
        "sample",
        "seed",
        "repair",
        "date",
        "Id",
        "DequeueCount",
        "request",
        "cancellationToken",
        "__proto__",
        "url",
        "avatar",
        "badge",
    ];

    /// <summary>A body, and the headers that go with it.</summary>
    public static (byte[] Body, string Headers) Body(this Random random)
    {
        var type = random.One(
            "application/json",
            "application/json",
            "application/json; charset=utf-8",
            "application/x-ndjson",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "text/plain",
            "application/json; charset=utf-16",
            "application/json; charset=x",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "/",
            ";",
            "application/json;;;=",
            ""
        );
        var body = random.Next(12) switch
        {
            0 => random.Bytes(random.Text()),
            1 => Encoding.UTF8.GetBytes(new string(random.One('[', '{', '"', '-', '\\'), random.Next(1, 20_000))),
            2 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"interactions\":[", random.Next(1, 2000)))),
            3 => Random(random),
            4 => Flipped(random, Encoding.UTF8.GetBytes(Batch(random))),
            5 => [.. random.One<byte[]>([0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]), .. Encoding.UTF8.GetBytes(Batch(random))],
            6 => Encoding.UTF8.GetBytes(
                string.Join(random.One("\n", "\r\n", "\u2028", ","), Enumerable.Range(0, random.Next(1, 30)).Select(_ => Item(random)))
            ),
            _ => Encoding.UTF8.GetBytes(Batch(random)),
        };
        return random.Next(6) switch
        {
            0 => (Packed(random, body), $"Content-Type: {type}\r\nContent-Encoding: gzip\r\n"),
            1 => (
                body,
                $"Content-Type: {type}\r\nContent-Encoding: {random.One("gzip", "br", "deflate", "gzip, br", "x", ",", "identity")}\r\n"
            ),
            _ => (body, $"Content-Type: {type}\r\n"),
        };
    }

    private static string Batch(Random random) =>
        random.Next(5) switch
        {
            0 => $"{{\"interactions\":[{Item(random)},{Item(random)}],{Quoted(random)}:{Value(random, 0)}}}",
            1 => Item(random),
            2 => Value(random, 0),
            _ => $"[{string.Join(',', Enumerable.Range(0, random.Next(0, 1100) % random.Next(1, 1100)).Select(_ => Item(random)))}]",
        };

    private static string Item(Random random)
    {
        var fields = Enumerable.Range(0, random.Next(1, 8)).Select(_ => $"{Quoted(random)}:{Value(random, 0)}");
        var at = $"\"at\":{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - random.Next(90)}";
        return $"{{\"type\":\"share\",\"actor\":\"h:a\",\"target\":\"h:{random.Next(9)}\",{at},{string.Join(',', fields)}}}";
    }

    private static string Value(Random random, int depth) =>
        random.Next(depth > 3 ? 6 : 9) switch
        {
            0 => random.One(
                "null",
                "true",
                "false",
                "-0",
                "1e999",
                "1e-999",
                "0.1",
                "9223372036854775808",
                "-1",
                "01",
                "NaN",
                "1767225600",
                "1767225600000"
            ),
            1 => $"{random.Next()}",
            2 => "\"\\ud800\"",
            3 => "\"\\u0000\\ufffe\\ud83d\"",
            4 or 5 => Text(random),
            6 => $"[{Value(random, depth + 1)},{Value(random, depth + 1)}]",
            _ => $"{{{Quoted(random)}:{Value(random, depth + 1)}}}",
        };

    private static string Quoted(Random random) => $"\"{Fields[random.Next(Fields.Length)]}\"";

    private static string Text(Random random) =>
        random.Next(4) == 0
            ? $"\"{random.Text()}\""
            : $"\"{JsonEncodedText.Encode(new string([.. random.Text().Where(c => !char.IsSurrogate(c))]))}\"";

    private static byte[] Random(Random random)
    {
        var bytes = new byte[random.Next(1, 5000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flipped(Random random, byte[] body)
    {
        for (var i = 0; i < 1 + (body.Length / 200); i++)
            if (body.Length > 0)
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        return body;
    }

    // Now and then a bomb: 20 MiB of zeros in 20 KiB.
    private static byte[] Packed(Random random, byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            if (random.Next(40) == 0)
                body = new byte[20 * 1024 * 1024];
            gzip.Write(body);
        }

        var bytes = packed.ToArray();
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
