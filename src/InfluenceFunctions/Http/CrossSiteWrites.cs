using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace InfluenceFunctions.Http;

/// <summary>Worker middleware: no script of another site writes, or makes an operator's call (CSRF).</summary>
/// <remarks>
/// Where keys are set such a script has none. On a machine that has no keys any open page could otherwise publish or repair. Browsers say
/// where a request comes from; other clients do not, and are let in.
/// </remarks>
internal sealed class CrossSiteWrites : IFunctionsWorkerMiddleware
{
    private const string CrossSite = "cross-site";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (
            context.GetHttpContext() is { } http
            && Calls.Keyed.Contains(context.FunctionDefinition.Name)
            && http.Request.Headers["Sec-Fetch-Site"] == CrossSite
        )
            context.GetInvocationResult().Value = Reply.Problem(
                StatusCodes.Status403Forbidden,
                "cross_site",
                "This call is not for scripts of other sites: make it from a server, or from a page of this site."
            );
        else
            await next(context);
    }
}
