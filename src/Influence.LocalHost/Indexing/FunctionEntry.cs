using NCrontab;

namespace Influence.LocalHost.Indexing;

/// <summary>A function of the app.</summary>
/// <param name="Metadata">What the worker says of it, and gets back when it is loaded.</param>
/// <param name="Trigger">The name of the binding that triggers it.</param>
internal abstract record FunctionEntry(RpcFunctionMetadata Metadata, string Trigger)
{
    public string Name => Metadata.Name;

    public string Id => Metadata.FunctionId;
}

internal sealed record HttpFunction(
    RpcFunctionMetadata Metadata,
    string Trigger,
    string Route,
    IReadOnlyList<string> Methods,
    KeyLevel Level
) : FunctionEntry(Metadata, Trigger);

internal sealed record QueueFunction(RpcFunctionMetadata Metadata, string Trigger, string Queue) : FunctionEntry(Metadata, Trigger);

internal sealed record TimerFunction(RpcFunctionMetadata Metadata, string Trigger, CrontabSchedule Schedule)
    : FunctionEntry(Metadata, Trigger);

/// <summary>The key that a caller of an HTTP function has to show.</summary>
internal enum KeyLevel
{
    Anonymous,
    Function,
    Admin,
}

/// <summary>A function that cannot be served; the message names it and says why.</summary>
internal sealed class FunctionIndexException(string function, string why)
    : InvalidOperationException($"The function '{function}' cannot be served: {why}.");
