namespace Influence.LocalHost.Worker;

/// <summary>The worker's process ended, or its stream broke, before the function had answered.</summary>
internal sealed class WorkerGoneException() : Exception("The worker ended before the function had answered.");

/// <summary>A worker that did not become healthy; the message is a sentence.</summary>
/// <param name="message">Why.</param>
/// <param name="isFinal">Whether another start would end the same way.</param>
internal sealed class WorkerStartException(string message, bool isFinal = false) : Exception(message)
{
    public bool IsFinal => isFinal;
}

/// <summary>A function that failed in the worker.</summary>
internal sealed class FunctionFailedException(string type, string message, string stack) : Exception(message)
{
    // The worker's own type and stack: those of here say nothing.
    public override string ToString() => $"{type}: {Message}\n{stack}";
}
