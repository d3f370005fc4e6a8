using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>How a body is cut and its length told: rightly, wrongly, and in ways that servers read differently.</summary>
internal static class HostileFraming
{
    private static readonly string[] ChunkSizes =
    [
        "FFFFFFFFFFFFFFFF",
        "7FFFFFFFFFFFFFFF",
        "FFFFFFFF",
        "80000000",
        "7FFFFFFF",
        "10000000000000000",
        "-1",
        "0x5",
        "5 5",
        "",
        " ",
        "g",
        "+5",
        "5;",
        "5;a=b",
        "5;a=\"\r\n\"",
        "00000000000000000005",
        "\u0665",
    ];

    /// <summary>The headers, what follows them, and whether the request is complete.</summary>
    public static (string Headers, IEnumerable<byte[]> Parts, bool IsWhole) Frame(Random random, byte[] body) =>
        random.Next(20) switch
        {
            0 => ("Transfer-Encoding: chunked\r\n", [Line(ChunkSizes[random.Next(ChunkSizes.Length)]), body, Line("\r\n0\r\n")], false),
            1 => ("Transfer-Encoding: chunked\r\n", Chunks(random, body, "0\r\nX-Trailer: é\r\n\r\n"), true),
            2 => ("Transfer-Encoding: chunked\r\n", Chunks(random, body, "0\r\n\r\n"), true),
            3 => (
                $"Content-Length: {random.One("-1", "abc", "99999999999999999999", "1e3", "+5", "5, 5", "", "9223372036854775807")}\r\n",
                [body],
                false
            ),
            4 => ($"Content-Length: {body.Length}\r\nTransfer-Encoding: chunked\r\n", Chunks(random, body, "0\r\n\r\n"), false),
            5 => (
                $"Transfer-Encoding: {random.One("gzip, chunked", "identity", "chunked, chunked", "x", "")}\r\n",
                Chunks(random, body, "0\r\n\r\n"),
                false
            ),
            6 => ($"Content-Length: {body.Length + random.Next(1, 1000)}\r\n", [body], false),
            7 => ($"Content-Length: {body.Length}\r\nContent-Length: {body.Length + 1}\r\n", [body], false),
            8 => ($"Content-Length: {body.Length}\r\n", [body, Line("GET / HTTP/1.1")], true),
            9 => ("", [body], false),
            _ => ($"Content-Length: {body.Length}\r\n", [body], true),
        };

    private static IEnumerable<byte[]> Chunks(Random random, byte[] body, string end)
    {
        for (var at = 0; at < body.Length; )
        {
            var size = Math.Min(random.Next(1, 5000), body.Length - at);
            yield return [.. Line($"{size:x}"), .. body[at..(at + size)], .. "\r\n"u8];
            at += size;
        }

        yield return Encoding.UTF8.GetBytes(end);
    }

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\r\n");
}
