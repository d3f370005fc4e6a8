using System.Diagnostics.Metrics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace InfluenceFunctions.Operations;

/// <summary>Worker middleware: the duration of every invocation as a histogram.</summary>
/// <remarks>
/// Meter <c>Influence.Functions</c>, <c>influence.function.duration</c> in seconds, tags <c>function</c> and <c>failed</c> (an exception
/// came out of the function).
/// </remarks>
internal sealed class FunctionMetrics : IFunctionsWorkerMiddleware, IDisposable
{
    private readonly Meter meter = new("Influence.Functions");
    private readonly Histogram<double> duration;
    private readonly TimeProvider clock;

    public FunctionMetrics(TimeProvider clock) =>
        (this.clock, duration) = (clock, meter.CreateHistogram<double>("influence.function.duration", "s", "How long functions run."));

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var started = clock.GetTimestamp();
        var failed = true;
        try
        {
            await next(context);
            failed = false;
        }
        finally
        {
            duration.Record(
                clock.GetElapsedTime(started).TotalSeconds,
                new("function", context.FunctionDefinition.Name),
                new("failed", failed)
            );
        }
    }

    public void Dispose() => meter.Dispose();
}
