namespace Influence.LocalRuntime.Indexing;

/// <summary>A function that cannot be served; the message names it and says why.</summary>
internal sealed class FunctionIndexException(string function, string why)
    : InvalidOperationException($"The function '{function}' cannot be served: {why}.");
