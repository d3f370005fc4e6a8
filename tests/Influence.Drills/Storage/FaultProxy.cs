using System.Collections.Concurrent;
using System.Net;
using Influence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Influence.Drills.Storage;

/// <summary>A reverse proxy between an app and Azurite that breaks a share of the calls.</summary>
/// <remarks>Signatures stay valid: they are over the path, the query and headers, and not over the port.</remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    private readonly WebApplication server;
    private readonly HttpMessageInvoker storage = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        }
    );
    private readonly Dictionary<int, (Service Service, int Port)> ports;
    private readonly Random random;
    private readonly ConcurrentDictionary<Fault, int> counts = new();
    private int calls;

    private FaultProxy(WebApplication server, Dictionary<int, (Service, int)> ports, int seed) =>
        (this.server, this.ports, random) = (server, ports, new Random(seed));

    /// <summary>The share of calls that are broken, 0–1.</summary>
    public double Share { get; set; }

    /// <summary>How long a delayed call waits.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The service that is away at the moment: no call to it arrives.</summary>
    public Service? Away { get; set; }

    /// <summary>Whether messages stay on their queues: nobody gets one.</summary>
    public bool HoldsMessages { get; set; }

    /// <summary>What the app is to connect with.</summary>
    public string ConnectionString { get; private set; } = "";

    public int Calls => calls;

    /// <summary>How often each fault came.</summary>
    public IReadOnlyDictionary<Fault, int> Counts => counts;

    public static async Task<FaultProxy> StartAsync(TestAzurite azurite, int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var (ports, text) = (new Dictionary<int, (Service, int)>(), azurite.ConnectionString);
        foreach (var (service, name) in new[] { (Service.Blobs, "Blob"), (Service.Queues, "Queue"), (Service.Tables, "Table") })
        {
            var (port, address) = (FreePorts.Next(), $"{name}Endpoint=http://127.0.0.1:");
            var start = text.IndexOf(address, StringComparison.Ordinal) + address.Length;
            var behind = text[start..text.IndexOf('/', start)];
            ports[port] = (service, int.Parse(behind, System.Globalization.CultureInfo.InvariantCulture));
            text = text.Replace($"{address}{behind}/", $"{address}{port}/", StringComparison.Ordinal);
        }

        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = null;
            foreach (var port in ports.Keys)
                k.Listen(IPAddress.Loopback, port);
        });
        var server = builder.Build();
        var proxy = new FaultProxy(server, ports, seed) { ConnectionString = text };
        server.Run(proxy.ServeAsync);
        await server.StartAsync(CancellationToken.None);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync(new CancellationToken(canceled: true));
        await server.DisposeAsync();
        storage.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref calls);
        var (service, port) = ports[context.Connection.LocalPort];
        var isReceive =
            service == Service.Queues
            && HttpMethods.IsGet(context.Request.Method)
            && context.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal)
            && context.Request.Query["peekonly"] != "true";
        if (Away == service || (HoldsMessages && isReceive))
        {
            context.Abort();
            return;
        }

        if (Next() is not { } fault)
        {
            await AnswerAsync(context, await ForwardAsync(context, port), part: 1);
            return;
        }

        counts.AddOrUpdate(fault, 1, (_, n) => n + 1);
        await BreakAsync(context, service, port, fault);
    }

    private Fault? Next()
    {
        lock (random)
            return random.NextDouble() < Share ? Faults[random.Next(Faults.Length)] : null;
    }

    private async Task BreakAsync(HttpContext context, Service service, int port, Fault fault)
    {
        switch (fault)
        {
            case Fault.DropBefore:
                context.Abort();
                return;
            case Fault.DropAfter:
                await ForwardAsync(context, port);
                context.Abort();
                return;
            case Fault.DelayBefore:
                // Read first: the caller may be gone when it is passed on.
                var late = await RequestAsync(context, port);
                await Task.Delay(Delay, CancellationToken.None);
                await AnswerAsync(context, await SendAsync(late), part: 1);
                return;
            case Fault.DelayAfter:
                var answer = await ForwardAsync(context, port);
                await Task.Delay(Delay, CancellationToken.None);
                await AnswerAsync(context, answer, part: 1);
                return;
            case Fault.Truncate:
                await AnswerAsync(context, await ForwardAsync(context, port), part: 0.5);
                context.Abort();
                return;
            default:
                await FabricatedAnswer.WriteAsync(context, service, fault);
                return;
        }
    }

    private async Task<(HttpResponseMessage Response, byte[] Body)> ForwardAsync(HttpContext context, int port) =>
        await SendAsync(await RequestAsync(context, port));

    private static async Task<HttpRequestMessage> RequestAsync(HttpContext context, int port)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        // As it came: an address that is written anew would not be what was signed.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri($"http://127.0.0.1:{port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        );
        if (body.Length > 0 || context.Request.ContentLength is not null)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in context.Request.Headers)
            if (name is not ("Connection" or "Content-Length" or "Transfer-Encoding"))
                _ =
                    request.Headers.TryAddWithoutValidation(name, [.. value])
                    || request.Content?.Headers.TryAddWithoutValidation(name, [.. value]) == true;
        return request;
    }

    // Without the caller's token: what storage has begun it ends, whether somebody waits or not.
    private async Task<(HttpResponseMessage Response, byte[] Body)> SendAsync(HttpRequestMessage request)
    {
        var response = await storage.SendAsync(request, CancellationToken.None);
        return (response, await response.Content.ReadAsByteArrayAsync(CancellationToken.None));
    }

    private static async Task AnswerAsync(HttpContext context, (HttpResponseMessage Response, byte[] Body) answer, double part)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return;
        var response = context.Response;
        response.StatusCode = (int)answer.Response.StatusCode;
        foreach (var (name, value) in answer.Response.Headers.Concat(answer.Response.Content.Headers))
            if (name is not ("Connection" or "Keep-Alive" or "Transfer-Encoding" or "Content-Length"))
                response.Headers[name] = value.ToArray();
        if (response.StatusCode is 204 or 304 || HttpMethods.IsHead(context.Request.Method))
            return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body.AsMemory(0, (int)(answer.Body.Length * part)), CancellationToken.None);
        await response.Body.FlushAsync(CancellationToken.None);
    }
}
