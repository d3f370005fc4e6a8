using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Influence.LocalHost.Tests.Support;

/// <summary>An answer that no storage gives, but what stands before it may; without a status it is an exception.</summary>
internal sealed record OddAnswer(int Status, string ContentType, string Body, Exception? Thrown = null)
{
    public static IReadOnlyList<OddAnswer> All { get; } =
    [
        new(200, "text/html", "<html><body><p>Welcome to the wireless network<br></body></html>"),
        new(200, "application/json", "{\"broken"),
        new(200, "application/xml", ""),
        new(200, "application/json", "{}"),
        new(503, "application/json", """{"message":"upstream is away"}"""),
        new(503, "application/json", "{\"broken"),
        new(404, "text/html", "<html>nothing here</html>"),
        new(403, "application/xml", "<Error><Code>AuthorizationFailure</Code></Error>"),
        new(400, "text/plain", "bad request"),
        new(0, "", "", new AggregateException(new HttpRequestException("refused"), new HttpRequestException("reset"))),
        new(0, "", "", new IOException("reset")),
        new(0, "", "", new TaskCanceledException("a time limit")),
        new(0, "", "", new InvalidOperationException("a bug below")),
    ];

    /// <summary>One of each sort, where every one costs a second.</summary>
    public static IReadOnlyList<OddAnswer> Few => [All[0], All[4], All[7], All[9]];
}

/// <summary>Storage behind a gateway that first gives odd answers, one for each request that is meant.</summary>
internal sealed class OddTransport : HttpPipelineTransport
{
    private readonly HttpClientTransport inner = HttpClientTransport.Shared;
    private readonly Queue<OddAnswer> answers;
    private readonly Func<Request, bool> isMeant;

    /// <param name="isMeant">Which requests get odd answers.</param>
    /// <param name="answers">The answers.</param>
    public OddTransport(Func<Request, bool> isMeant, IReadOnlyList<OddAnswer> answers) =>
        (this.isMeant, this.answers) = (isMeant, new Queue<OddAnswer>(answers));

    public int Left
    {
        get
        {
            lock (answers)
                return answers.Count;
        }
    }

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Everything here is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        if (Next(message.Request) is not { } odd)
        {
            await inner.ProcessAsync(message);
            return;
        }

        if (odd.Thrown is not null)
            throw odd.Thrown;
        message.Response = new OddResponse(odd, message.Request.ClientRequestId);
    }

    private OddAnswer? Next(Request request)
    {
        lock (answers)
            return isMeant(request) && answers.TryDequeue(out var odd) ? odd : null;
    }

    private sealed class OddResponse(OddAnswer odd, string clientRequestId) : Response
    {
        private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = odd.ContentType,
            ["Content-Length"] = $"{odd.Body.Length}",
        };

        public override int Status => odd.Status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(odd.Body));

        public override string ClientRequestId { get; set; } = clientRequestId;

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(h => new HttpHeader(h.Key, h.Value));

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = headers.TryGetValue(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}
