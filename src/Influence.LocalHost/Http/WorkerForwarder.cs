using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Influence.LocalHost.Http;

/// <summary>Forwards requests to the worker's own HTTP server.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder, IOptions<LocalHostOptions> options) : IDisposable
{
    // The worker's server has Kestrel's limits as well. What it refuses by itself never reaches its function, so that the caller would
    // wait for nothing: hence room for the headers that are added on the way, the host's name twice.
    private const int AddedHeaders = 8;
    private const int AddedBytes = 1024;
    private const int LongestLine = 8 * 1024;

    // As the host; a function at a breakpoint has all the time it needs.
    private readonly ForwarderRequestConfig config = new()
    {
        ActivityTimeout = options.Value.WaitForDebugger ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(240),
    };

    // As it comes, so it goes: the worker's answer is the caller's.
    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // The caller's own trace headers go on as they are.
            ActivityHeadersPropagator = null,
            // As Kestrel reads them on both sides.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        }
    );

    /// <summary>Sets the limits of this server within those of the worker's.</summary>
    public static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestHeaderCount -= AddedHeaders;
        limits.MaxRequestHeadersTotalSize -= AddedBytes;
    }

    /// <summary>The status of a request that the worker's server would refuse by itself; null for all others.</summary>
    public static int? Refuse(HttpRequest request, string uri)
    {
        // It reads the address before it asks its function: a host's name of 256 characters, or of dots, makes none.
        if (!Uri.TryCreate(request.GetDisplayUrl(), UriKind.Absolute, out _))
            return StatusCodes.Status400BadRequest;
        // Escaped anew it may be longer than it came.
        var target = RequestUtilities.MakeDestinationAddress(uri, request.Path, request.QueryString).PathAndQuery;
        return request.Method.Length + target.Length + " HTTP/1.1\r\n ".Length > LongestLine
            ? StatusCodes.Status414RequestUriTooLong
            : null;
    }

    /// <summary>Forwards one request as the run of an invocation.</summary>
    /// <param name="context">The request.</param>
    /// <param name="uri">The worker's address.</param>
    /// <param name="invocation">The run that the worker knows it by.</param>
    /// <returns>What went wrong between the two; none when the worker's answer is the caller's.</returns>
    public ValueTask<ForwarderError> SendAsync(HttpContext context, string uri, string invocation) =>
        forwarder.SendAsync(context, uri, client, config, new Transformer(invocation), context.RequestAborted);

    public void Dispose() => client.Dispose();

    private sealed class Transformer(string invocation) : HttpTransformer
    {
        private const string InvocationId = "x-ms-invocation-id";

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var request = httpContext.Request;
            // A caller who sends it himself would break his own request.
            Set(InvocationId, invocation);
            Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            Set("X-Forwarded-Proto", request.Scheme);
            Set("X-Forwarded-Prefix", request.PathBase.HasValue ? request.PathBase.Value : null);
            Set("X-Forwarded-Host", request.Host.HasValue ? request.Host.ToUriComponent() : null);

            void Set(string name, string? value)
            {
                proxyRequest.Headers.Remove(name);
                if (value is not null)
                    proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
