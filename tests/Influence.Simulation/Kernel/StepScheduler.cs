using System.Collections.Concurrent;

namespace Influence.Simulation.Kernel;

/// <summary>
/// A task scheduler that runs everything on the thread that turns it. It runs one piece of work at a time, in the order it became ready.
/// </summary>
/// <remarks>
/// Code that awaits keeps this scheduler, so that a storage call which waits for its turn is the only place where the order of two flows of
/// control is decided. What leaves it for the thread pool would make a schedule impossible to replay, so it is reported.
/// </remarks>
internal sealed class StepScheduler : TaskScheduler
{
    private readonly ConcurrentQueue<Task> ready = new();
    private readonly int thread = Environment.CurrentManagedThreadId;
    private volatile string? left;

    /// <summary>Starts an asynchronous piece of work.</summary>
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs until everything waits for something.</summary>
    /// <exception cref="InvalidOperationException">Something came back from the thread pool.</exception>
    public void RunUntilIdle()
    {
        // A test runner's context would be captured in place of this scheduler.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        while (ready.TryDequeue(out var task))
            TryExecuteTask(task);
        SynchronizationContext.SetSynchronizationContext(context);
        if (left is not null)
            throw new InvalidOperationException($"Work left the simulation's scheduler for the thread pool: {left}");
    }

    /// <summary>Notes work that is not on the scheduler's thread.</summary>
    public void NoteThread()
    {
        if (Environment.CurrentManagedThreadId != thread)
            left ??= Environment.StackTrace;
    }

    protected override void QueueTask(Task task)
    {
        NoteThread();
        ready.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => ready;
}
