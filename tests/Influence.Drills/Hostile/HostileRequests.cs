using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>Makes requests, the same for the same seed.</summary>
internal sealed class HostileRequests(int seed, int port)
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

    private static readonly string[] Headers =
    [
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Authorization",
        "Cookie",
        "If-None-Match",
        "If-Match",
        "If-Modified-Since",
        "Range",
        "Expect",
        "Origin",
        "Referer",
        "User-Agent",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
        "X-Original-URL",
        "Forwarded",
        "traceparent",
        "tracestate",
        "baggage",
        "x-ms-invocation-id",
        "x-functions-key",
        "Idempotency-Key",
        "WebHook-Request-Origin",
        "WebHook-Request-Rate",
        "ce-id",
        "ce-type",
        "ce-source",
        "ce-specversion",
        "ce-time",
        "X-Hub-Signature-256",
        "X-GitHub-Event",
        "Sec-Fetch-Site",
        "Upgrade",
        "Via",
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
        "X-HTTP-Method-Override",
        "Content-Language",
        "Date",
        "Keep-Alive",
        "TE",
        "DNT",
    ];

    private readonly Random random = new(seed);

    public HostileRequest Next()
    {
        var path = random.Next(8) == 0 ? "/api/v1/interactions" : random.One<string>(Paths);
        var method = MethodOf(path);
        var head = new List<byte>();
        Add(head, $"{method} ");
        head.AddRange(Target(path));
        Add(
            head,
            random.Next(30) == 0
                ? random.One(" HTTP/1.0", " HTTP/1.2", " HTTP/2.0", " HTTP/9", " HTTP/1.1 ", "", " http/1.1", " FTP/1.1")
                : " HTTP/1.1"
        );
        Add(head, random.Next(60) == 0 ? random.One("\n", "\r", "\r\r\n") : "\r\n");
        AddHost(head);
        AddKey(head);
        for (var i = random.Next(4); i > 0; i--)
            AddHeader(head);
        Add(head, "Connection: close\r\n");
        var hasBody = method is "POST" or "PUT" or "PATCH" || random.Next(12) == 0;
        if (!hasBody)
        {
            Add(head, "\r\n");
            return new HostileRequest(
                [
                    [.. head],
                ],
                EndsInOrder(head)
            );
        }

        var (body, headers) = random.Body();
        Add(head, headers);
        var (framing, parts, isWhole) = HostileFraming.Frame(random, body);
        Add(head, framing + "\r\n");
        return new HostileRequest(
            [
                [.. head],
                .. parts,
            ],
            isWhole && EndsInOrder(head)
        );
    }

    // Mostly one that the address answers: what it refuses at once breaks nothing.
    private string MethodOf(string path) =>
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

    // A line that ends in another way may make the rest a part of it, and the end one that never comes.
    private static bool EndsInOrder(List<byte> head)
    {
        for (var i = 0; i < head.Count; i++)
            if ((head[i] == '\n' && (i == 0 || head[i - 1] != '\r')) || (head[i] == '\r' && (i + 1 == head.Count || head[i + 1] != '\n')))
                return false;
        return true;
    }

    private byte[] Target(string path)
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
            Add(target, part);
            target.AddRange(random.Escaped(random.Text()));
        }

        Add(target, path.Split('@')[^1]);
        if (random.Next(20) == 0)
            Add(
                target,
                (path.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                    + string.Join('&', Enumerable.Range(0, random.Next(1500)).Select(i => $"p{i}=1"))
            );
        return [.. target];
    }

    private void AddHost(List<byte> head)
    {
        if (random.Next(25) != 0)
        {
            Add(head, $"Host: 127.0.0.1:{port}\r\n");
            return;
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            Add(head, "Host: ");
            head.AddRange(random.LineBytes(random.Text()));
            Add(head, "\r\n");
        }
    }

    // Operators' calls really do what they are told: few of them.
    private void AddKey(List<byte> head)
    {
        var key = random.Next(20) switch
        {
            0 => RunningApp.MasterKey,
            < 12 => RunningApp.FunctionKey,
            _ => null,
        };
        if (key is not null)
            Add(head, $"x-functions-key: {key}\r\n");
    }

    private void AddHeader(List<byte> head)
    {
        switch (random.Next(30))
        {
            case 0:
                Add(
                    head,
                    random.One(
                        "no colon\r\n",
                        ": no name\r\n",
                        "a b: c\r\n",
                        "X-Folded: a\r\n b\r\n",
                        "X\u0000Y: z\r\n",
                        "X: \u0000\r\n",
                        "É: x\r\n"
                    )
                );
                return;
            case 1:
                Add(head, $"X-Long: {new string('x', random.One(random.Next(1, 34_000), random.Next(30_000, 33_000)))}\r\n");
                return;
            case 2:
                for (var i = random.One(random.Next(150), random.Next(75, 105)); i > 0; i--)
                    Add(head, $"X-{i}: {i}\r\n");
                return;
            default:
                Add(head, $"{random.One<string>(Headers)}: ");
                head.AddRange(random.LineBytes(random.Text()));
                Add(head, "\r\n");
                return;
        }
    }

    private static void Add(List<byte> bytes, string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));
}
