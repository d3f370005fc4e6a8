using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>Makes requests, the same for the same seed.</summary>
internal sealed class HostileRequests(int seed, int port)
{
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
        var (method, line) = random.RequestLine(port);
        List<byte> head = [.. line];
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

    // A line that ends in another way may make the rest a part of it, and the end one that never comes.
    private static bool EndsInOrder(List<byte> head)
    {
        for (var i = 0; i < head.Count; i++)
            if ((head[i] == '\n' && (i == 0 || head[i - 1] != '\r')) || (head[i] == '\r' && (i + 1 == head.Count || head[i + 1] != '\n')))
                return false;
        return true;
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
