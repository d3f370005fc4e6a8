namespace Influence.LocalHost.Invocation;

/// <summary>What a run gets.</summary>
/// <param name="Trigger">What triggered it.</param>
/// <param name="Metadata">Binding data: what is offered by name beside the trigger.</param>
internal sealed record FunctionInput(TypedData Trigger, IReadOnlyDictionary<string, TypedData> Metadata)
{
    /// <summary>The trace that the run belongs to.</summary>
    public RpcTraceContext Trace { get; init; } = TraceContext.New();
}

/// <summary>Runs functions in whatever worker there is.</summary>
/// <param name="ReadyAsync">Ends when there is a worker to run them.</param>
/// <param name="InvokeAsync">Runs a function once; what it throws comes out as a <see cref="FunctionFailedException"/>.</param>
internal sealed record FunctionInvoker(
    Func<CancellationToken, Task> ReadyAsync,
    Func<FunctionEntry, FunctionInput, CancellationToken, Task> InvokeAsync
);
