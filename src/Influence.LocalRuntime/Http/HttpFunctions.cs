using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Http;

/// <summary>Serves the HTTP functions; the host's own 401, 404 and 500 have no body.</summary>
internal sealed partial class HttpFunctions(
    FunctionIndex index,
    FunctionInvoker invoker,
    FunctionKeys keys,
    HostJson host,
    ILogger<HttpFunctions> logger
)
{
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
        foreach (var function in index.Functions.OfType<HttpFunction>())
            app.MapMethods(PathOf(function), function.Methods, context => ServeAsync(function, context));
    }

    public string PathOf(HttpFunction function) =>
        $"/{host.Extensions.Http.RoutePrefix.Trim('/')}/{function.Route}".Replace("//", "/", StringComparison.Ordinal);

    private async Task ServeAsync(HttpFunction function, HttpContext context)
    {
        if (!keys.Allows(context.Request, function.Level))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            var data = await BindingData.OfAsync(context.Request, function.TakesMoreThanItsRoute, context.RequestAborted);
            var result = await invoker.InvokeAsync(function, context.Request, data, context.RequestAborted);
            await WriteAsync(result, context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            Failed(logger, e, function.Name);
            Fail(context);
        }
    }

    // What has begun cannot be taken back: the caller sees it cut short.
    private static void Fail(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private static Task WriteAsync(object? result, HttpContext context) =>
        result switch
        {
            IActionResult action => action.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor())),
            null => Task.CompletedTask,
            _ => throw new InvalidOperationException($"A function returned a {result.GetType().Name}, which is no HTTP result."),
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
    private static partial void Failed(ILogger logger, Exception exception, string function);
}
