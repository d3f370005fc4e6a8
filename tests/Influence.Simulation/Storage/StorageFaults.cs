namespace Influence.Simulation.Storage;

/// <summary>A call to storage, as a fault policy sees it.</summary>
/// <param name="Resource">The table or queue.</param>
/// <param name="Operation">The SDK's method without <c>Async</c>.</param>
/// <param name="Key">Partition and row, or message id; empty where the call names none.</param>
/// <param name="Step">The pipeline step that made it.</param>
public sealed record StorageCall(string Resource, string Operation, string Key, string Step)
{
    /// <inheritdoc/>
    public override string ToString() => Key.Length == 0 ? $"{Resource}.{Operation}" : $"{Resource}.{Operation} {Key}";
}

/// <summary>Fault injection: what a call meets before and after its effect. This one injects none.</summary>
public class StorageFaults
{
    /// <summary>No faults.</summary>
    public static StorageFaults None { get; } = new();

    /// <summary>Runs before the effect; an exception means that there is none.</summary>
    public virtual ValueTask BeforeAsync(StorageCall call, CancellationToken cancellationToken) => default;

    /// <summary>Runs after the effect; an exception means that it is kept and its answer lost.</summary>
    /// <returns>True to make the same request once more, as the SDK's retry policy does when an answer is lost.</returns>
    public virtual ValueTask<bool> AfterAsync(StorageCall call, CancellationToken cancellationToken) => default;

    /// <summary>How many rows a query looks at for one page: few give short and empty pages with a continuation.</summary>
    public virtual int RowsPerPage(StorageCall call) => int.MaxValue;
}
