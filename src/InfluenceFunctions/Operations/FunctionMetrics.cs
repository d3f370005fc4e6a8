using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace InfluenceFunctions.Operations;

/// <summary>Worker middleware: the duration of every invocation, and the last turn of each listener.</summary>
/// <remarks>
/// Meter <c>Influence.Functions</c>, <c>influence.function.duration</c> in seconds, tags <c>function</c> and <c>failed</c> (an exception
/// came out of the function).
/// </remarks>
internal sealed class FunctionMetrics : IFunctionsWorkerMiddleware, IDisposable
{
    private readonly Meter meter = new(MetricCatalogue.Functions);
    private readonly Histogram<double> duration;
    private readonly TimeProvider clock;
    private readonly ListenerTurns turns;

    public FunctionMetrics(TimeProvider clock, ListenerTurns turns)
    {
        (this.clock, this.turns, duration) = (clock, turns, MetricCatalogue.FunctionDuration.HistogramOf(meter));
        foreach (var (function, trigger) in Listeners())
            turns.Expect(function, trigger);
    }

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
            turns.Note(context.FunctionDefinition.Name, failed);
            duration.Record(
                clock.GetElapsedTime(started).TotalSeconds,
                new("function", context.FunctionDefinition.Name),
                new("failed", failed)
            );
        }
    }

    public void Dispose() => meter.Dispose();

    /// <summary>The queue and timer functions of the app, by their attributes.</summary>
    internal static IEnumerable<(string Function, string Trigger)> Listeners() =>
        from type in typeof(FunctionMetrics).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let trigger = method.GetParameters().Select(TriggerOf).FirstOrDefault(t => t is not null)
        where trigger is not null
        select (function.Name, trigger);

    private static string? TriggerOf(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(QueueTriggerAttribute)) ? ListenerTurns.Queue
        : parameter.IsDefined(typeof(TimerTriggerAttribute)) ? ListenerTurns.Timer
        : null;
}
