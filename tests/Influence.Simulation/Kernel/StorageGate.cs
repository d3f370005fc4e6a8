namespace Influence.Simulation.Kernel;

/// <summary>A storage call that waits until the schedule lets it through.</summary>
internal sealed class PendingCall(StorageGate gate, Flow? flow, StorageCall call)
{
    private readonly TaskCompletionSource<StorageFault> decision = new();

    public StorageGate Gate => gate;

    /// <summary>The flow that made it; null for what belongs to no function, such as a load that several share.</summary>
    public Flow? Flow => flow;

    public StorageCall Call => call;

    public Task<StorageFault> Decision => decision.Task;

    public void Open(StorageFault fault) => decision.TrySetResult(fault);

    public void Cancel(CancellationToken cancellationToken) =>
        decision.TrySetException(new TaskCanceledException("The request was cancelled by its caller.", null, cancellationToken));

    public override string ToString() => call.ToString();
}

/// <summary>The fault policy of one host: every storage call waits here for the schedule's decision.</summary>
internal sealed class StorageGate(StepScheduler scheduler, Func<int>? rowsPerPage = null) : StorageFaults
{
    private readonly List<PendingCall> pending = [];
    private bool isClosed;

    /// <summary>The calls that wait, in the order they were made.</summary>
    public IReadOnlyList<PendingCall> Pending => pending;

    /// <summary>Whether calls are let through as they come: nothing is decided any more.</summary>
    public bool IsOpen { get; set; }

    public override ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken)
    {
        scheduler.NoteThread();
        if (IsOpen && !isClosed)
            return new(StorageFault.None);
        var waiting = new PendingCall(this, Flow.Current, call);
        if (!isClosed)
            pending.Add(waiting);
        if (cancellationToken.CanBeCanceled)
            cancellationToken.Register(() =>
            {
                if (pending.Remove(waiting))
                    waiting.Cancel(cancellationToken);
            });
        return new(waiting.Decision);
    }

    public override int RowsPerPage(StorageCall call) => rowsPerPage?.Invoke() ?? int.MaxValue;

    public void Open(PendingCall call, StorageFault fault)
    {
        pending.Remove(call);
        call.Open(fault);
    }

    /// <summary>The host has died: what waits, and whatever its code still calls, is never let through.</summary>
    public void Close()
    {
        isClosed = true;
        pending.Clear();
    }
}
