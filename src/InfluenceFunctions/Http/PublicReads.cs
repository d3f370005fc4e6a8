using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Worker middleware: reads are open to scripts of every site (CORS), or closed by <see cref="ReaderKeys"/>.</summary>
internal sealed class PublicReads(ReaderKeys keys, PageEndpoint pages) : IFunctionsWorkerMiddleware
{
    // Who asks these has no key yet, or is a probe: health, the description of the API, and what pages are drawn with.
    internal static readonly string[] AlwaysOpen =
    [
        nameof(GetHealth),
        nameof(GetLive),
        nameof(GetReady),
        nameof(GetOpenApi),
        nameof(GetReference),
        nameof(GetReferenceAsset),
        nameof(GetAsset),
        nameof(WrongCall),
    ];

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var name = context.FunctionDefinition.Name;
        if (context.GetHttpContext() is not { } http || !(Calls.PublicReads.Contains(name) || name == nameof(WrongCall)))
        {
            await next(context);
            return;
        }

        if (keys.AreOpen)
            Open(http);
        else if (!AlwaysOpen.Contains(name, StringComparer.Ordinal) && !keys.Allow(RequestKey.Of(http.Request)))
        {
            context.GetInvocationResult().Value = (await ClosedAsync(name, http.Request)).With(HeaderNames.WWWAuthenticate, "ApiKey");
            return;
        }

        await next(context);
        if (!keys.AreOpen && context.GetInvocationResult().Value is Reply reply)
            reply.KeepPrivate();
    }

    private async Task<Reply> ClosedAsync(string function, HttpRequest request) =>
        PageEndpoint.Functions.Contains(function)
            ? await pages.ProblemAsync(request, new ProblemModel(StatusCodes.Status401Unauthorized, "key_required", null, null))
            : Reply.Problem(
                StatusCodes.Status401Unauthorized,
                "key_required",
                "Reads are closed here: send a reader's key as x-functions-key, or as the parameter code."
            );

    private static void Open(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag, Retry-After";
        if (!HttpMethods.IsOptions(http.Request.Method))
            return;
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = "Accept, Accept-Language, Content-Type, If-None-Match";
        headers.AccessControlMaxAge = "86400";
    }
}
