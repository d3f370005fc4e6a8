using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Influence.Browser.Tests.Support;

/// <summary>Another site's server, which shows the app below a path of its own.</summary>
public sealed class ProxyServer : IAsyncDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Host",
        "Keep-Alive",
        "Transfer-Encoding",
    };

    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
        }
    );

    private readonly WebApplication server;
    private readonly List<string> outside = [];
    private RunningApp? app;

    private ProxyServer(WebApplication server, string prefix) => (this.server, Prefix) = (server, prefix);

    /// <summary>The path that it takes off.</summary>
    public string Prefix { get; }

    /// <summary>Where it shows the app.</summary>
    public string Address => server.Urls.Single() + Prefix;

    /// <summary>The paths that were asked for outside of the prefix.</summary>
    public IReadOnlyList<string> Outside
    {
        get
        {
            lock (outside)
                return [.. outside];
        }
    }

    public static async Task<ProxyServer> StartAsync(string prefix)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new ProxyServer(builder.Build(), prefix);
        proxy.server.Run(proxy.ForwardAsync);
        await proxy.server.StartAsync();
        return proxy;
    }

    /// <summary>Says what it shows.</summary>
    public void Show(RunningApp shown) => app = shown;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (app is null || !context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal))
        {
            lock (outside)
                outside.Add($"{context.Request.Path}");
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The path as it was written: what is encoded stays so.
        var raw = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            app.Client.BaseAddress!.ToString().TrimEnd('/') + (raw[Prefix.Length..] is { Length: > 0 } rest ? rest : "/")
        );
        foreach (var (name, value) in context.Request.Headers.Where(h => !OfTheConnection.Contains(h.Key)))
            request.Headers.TryAddWithoutValidation(name, value.ToArray());
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !OfTheConnection.Contains(h.Key)))
            context.Response.Headers.Append(name, values.ToArray());
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
