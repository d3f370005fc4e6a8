using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>The first line of a request: method, target and version, mostly of a call that the app has.</summary>
internal static class HostileRequestLine
{
    private static readonly string[] Paths =
    [
        "/",
        "/api",
        "/api/",
        "/api/v1",
        "/api/health",
        "/api/health/live",
        "/api/openapi.json",
        "/api/v1/interactions",
        "/api/v1/interactions",
        "/api/v1/interactions",
        "/api/v1/metrics",
        "/api/v1/imports",
        "/api/v1/webhooks/@",
        "/api/v1/webhooks/github",
        "/api/v1/forwarded/@",
        "/api/v1/forwarded/bluesky",
        "/api/v1/profiles/@",
        "/api/v1/profiles?ids=@",
        "/api/v1/profiles/@/explanation?since=@",
        "/api/v1/profiles/@/history?days=@",
        "/api/v1/profiles/@/badge.svg?label=@&style=@",
        "/api/v1/profiles/@/badge.json?label=@",
        "/api/v1/profiles/@/image.png",
        "/api/v1/policy",
        "/api/v1/leaderboards?prefix=@&top=@&cursor=@",
        "/api/v1/leaderboards/@?date=@&top=@&cursor=@",
        "/api/v1/leaderboards/global?cursor=@",
        "/api/v1/leaderboards/@/around/@?date=@&span=@",
        "/api/v1/leaderboards/publications/@",
        "/api/v1/audit?since=@&account=@&cursor=@",
        "/api/v1/accounts/@/export?reason=@",
        "/api/v1/accounts/@/standing",
        "/api/v1/erasures/@",
        "/api/v1/profiles/suggestions/@",
        "/api/v1/audiences/notices",
        "/api/v1/verifications",
        "/oembed?url=@&maxwidth=@&format=@",
        "/boards/@?lang=@&top=@",
        "/boards/global?cursor=@",
        "/profiles/@?lang=@",
        "/profiles/@/embed",
        "/profiles/@/image.png",
        "/how?lang=@",
        "/policy",
        "/assets/@",
        "/docs",
        "/docs/@",
        "/?q=@",
        "/@",
        "/api/@",
        "/api/v1/@/@/@",
        "/admin/functions",
        "/admin/functions/@",
        "/admin/host/status",
        "/runtime/webhooks/@",
        "/api/v1/profiles/@?code=@",
    ];

    private static readonly string[] Posted =
    [
        "/api/v1/interactions",
        "/api/v1/metrics",
        "/api/v1/imports",
        "/api/v1/webhooks",
        "/api/v1/forwarded",
        "/api/v1/verifications",
    ];

    /// <summary>A line with its end, and the method it asks for.</summary>
    public static (string Method, byte[] Line) RequestLine(this Random random, int port)
    {
        var path = random.Next(8) == 0 ? "/api/v1/interactions" : random.One<string>(Paths);
        var method = Method(random, path);
        var target = Target(random, path, port);
        var version =
            random.Next(30) == 0
                ? random.One(" HTTP/1.0", " HTTP/1.2", " HTTP/2.0", " HTTP/9", " HTTP/1.1 ", "", " http/1.1", " FTP/1.1")
                : " HTTP/1.1";
        var end = random.Next(60) == 0 ? random.One("\n", "\r", "\r\r\n") : "\r\n";
        return (method, [.. Encoding.Latin1.GetBytes($"{method} "), .. target, .. Encoding.Latin1.GetBytes(version + end)]);
    }

    // Mostly one that the address answers: what it refuses at once breaks nothing.
    private static string Method(Random random, string path) =>
        random.Next(40) switch
        {
            0 => random.One(
                "",
                "get",
                "GE T",
                "TRACE",
                "CONNECT",
                "PROPFIND",
                "G\u0001T",
                new string('A', random.Next(1, 9000)),
                "GÉT",
                "PRI",
                "*"
            ),
            < 10 => random.One("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"),
            _ => Posted.Any(p => path.StartsWith(p, StringComparison.Ordinal)) ? "POST" : "GET",
        };

    private static byte[] Target(Random random, string path, int port)
    {
        if (random.Next(40) == 0)
            return Encoding.Latin1.GetBytes(
                random.One(
                    "*",
                    "//",
                    "/../..",
                    "http://evil.example/api/health",
                    $"http://127.0.0.1:{port}/api/health",
                    "evil.example:80",
                    "/\u0000",
                    "/\u00e9",
                    ""
                )
            );
        var target = new List<byte>();
        foreach (var part in path.Split('@').SkipLast(1))
        {
            target.AddRange(Encoding.Latin1.GetBytes(part));
            target.AddRange(random.Escaped(random.Text()));
        }

        target.AddRange(Encoding.Latin1.GetBytes(path.Split('@')[^1]));
        if (random.Next(20) == 0)
        {
            var more = string.Join('&', Enumerable.Range(0, random.Next(1500)).Select(i => $"p{i}=1"));
            target.AddRange(Encoding.Latin1.GetBytes((path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + more));
        }

        return [.. target];
    }
}
