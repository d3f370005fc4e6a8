namespace Influence.Simulation.Storage;

/// <summary>A call to storage, as a fault policy sees it.</summary>
/// <param name="Resource">The table or queue.</param>
/// <param name="Operation">The SDK's method without <c>Async</c>.</param>
/// <param name="Key">Partition and row, filter or message id; empty where the call names none.</param>
/// <param name="Step">The pipeline step that made it.</param>
public sealed record StorageCall(string Resource, string Operation, string Key, string Step)
{
    /// <inheritdoc/>
    public override string ToString() => Key.Length == 0 ? $"{Resource}.{Operation}" : $"{Resource}.{Operation} {Key}";
}

/// <summary>What one request meets.</summary>
/// <param name="Before">Thrown before the effect: there is none.</param>
/// <param name="After">Thrown after the effect: it is kept and its answer lost.</param>
/// <param name="Repeats">
/// Whether the request is made once more, as the SDK's retry policy does when an answer is lost: it meets the effect of the first.
/// </param>
/// <param name="Dies">Whether the effect is kept and no answer ever comes: the host has died meanwhile.</param>
public sealed record StorageFault(Exception? Before = null, Exception? After = null, bool Repeats = false, bool Dies = false)
{
    /// <summary>No fault.</summary>
    public static StorageFault None { get; } = new();
}

/// <summary>Fault injection for the clients of one host. This one injects none.</summary>
public class StorageFaults
{
    /// <summary>No faults.</summary>
    public static StorageFaults None { get; } = new();

    /// <summary>Decides what a request meets; until that is decided the request waits.</summary>
    public virtual ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken) => new(StorageFault.None);

    /// <summary>How many rows a query looks at for one page: few give short and empty pages with a continuation.</summary>
    public virtual int RowsPerPage(StorageCall call) => int.MaxValue;
}
