using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Influence.LocalHost.Http;

/// <summary>Serves the HTTP functions; the host's own 401, 404 and 500 have no body.</summary>
internal sealed partial class HttpFunctions(
    FunctionIndex index,
    WorkerSupervisor workers,
    WorkerForwarder forwarder,
    FunctionKeys keys,
    HostJson host,
    ILogger<HttpFunctions> logger
)
{
    private static readonly TypedData Empty = new() { Http = new RpcHttp() };

    private static readonly byte[] Unavailable = Encoding.UTF8.GetBytes(
        """
        {"title":"The worker is starting again","status":503,"code":"worker_unavailable",
        "detail":"Not confirmed: send it again in a second."}
        """
    );

    public void Map(WebApplication app)
    {
        app.UseRouting();
        app.Use(
            (context, next) =>
            {
                // Routing answers 405 by an endpoint of its own; the host knows only 404.
                if (context.GetEndpoint() is { } endpoint and not RouteEndpoint)
                    context.SetEndpoint(null);
                return next(context);
            }
        );
        ((IEndpointRouteBuilder)app).DataSources.Add(
            new FunctionEndpoints(() => [.. index.Functions.OfType<HttpFunction>().Select(Endpoint)])
        );
    }

    public string PathOf(HttpFunction function) =>
        $"/{host.Extensions.Http.RoutePrefix.Trim('/')}/{function.Route}".Replace("//", "/", StringComparison.Ordinal);

    private Endpoint Endpoint(HttpFunction function)
    {
        var builder = new RouteEndpointBuilder(context => ServeAsync(function, context), RoutePatternFactory.Parse(PathOf(function)), 0);
        builder.Metadata.Add(new HttpMethodMetadata(function.Methods));
        return builder.Build();
    }

    private async Task ServeAsync(HttpFunction function, HttpContext context)
    {
        if (!keys.Allows(context.Request, function.Level))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (workers.Current is not { HttpUri: { } uri } worker)
        {
            await RefuseAsync(context);
            return;
        }

        if (WorkerForwarder.Refuse(context.Request, uri) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
            return;
        var data = await BindingData.OfAsync(context.Request, context.RequestAborted);
        var input = new FunctionInput(Empty, data) { Trace = TraceContext.Of(context.Request) };
        var running = worker.Channel.Begin(function, input, context.RequestAborted);
        var error = await forwarder.SendAsync(context, uri, running.Id);
        if (error != ForwarderError.None)
            await FailAsync(function, running, context, error);
        else
            await EndAsync(function, running, context);
    }

    // What failed in the worker has ended its part of the request as if it were whole. What has begun is cut short, not to look whole.
    private async Task EndAsync(HttpFunction function, RunningInvocation running, HttpContext context)
    {
        try
        {
            await running.Ended;
        }
        catch (WorkerGoneException) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context);
        }
        catch (Exception e)
        {
            Failed(logger, e, function.Name);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task FailAsync(HttpFunction function, RunningInvocation running, HttpContext context, ForwarderError error)
    {
        running.Cancel();
        if (context.RequestAborted.IsCancellationRequested)
            return;
        NotForwarded(logger, function.Name, error);
        // The caller's own body (400), a function that said nothing for too long (504), what has begun: the forwarder has seen to these.
        if (!context.Response.HasStarted && context.Response.StatusCode is 502 or 503)
            await RefuseAsync(context);
    }

    private static async Task RefuseAsync(HttpContext context)
    {
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.ContentType = "application/problem+json";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(Unavailable, context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
    private static partial void Failed(ILogger logger, Exception exception, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request of function {Function} was not forwarded to its end: {Error}")]
    private static partial void NotForwarded(ILogger logger, string function, ForwarderError error);

    // Asked when the server starts, and then the first worker has told its functions.
    private sealed class FunctionEndpoints(Func<IReadOnlyList<Endpoint>> make) : EndpointDataSource
    {
        private readonly Lazy<IReadOnlyList<Endpoint>> made = new(make);

        public override IReadOnlyList<Endpoint> Endpoints => made.Value;

        public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
    }
}
