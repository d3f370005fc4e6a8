using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace InfluenceFunctions.Telemetry;

/// <summary>Worker middleware: tells the host which run a line is of.</summary>
/// <remarks>
/// The worker itself does so by this name, but not with OpenTelemetry on: then its own scope has the names of the conventions (worker
/// 2.52), and the host would take every line for one of no function, which host.json shows from Warning on.
/// </remarks>
internal sealed class InvocationScope(ILogger<InvocationScope> logger) : IFunctionsWorkerMiddleware
{
    private const string InvocationId = "AzureFunctions_InvocationId";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using (logger.BeginScope(new KeyValuePair<string, object>[] { new(InvocationId, context.InvocationId) }))
            await next(context);
    }
}
