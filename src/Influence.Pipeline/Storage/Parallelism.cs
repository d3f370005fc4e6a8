namespace Influence.Pipeline.Storage;

/// <summary>Bounded parallelism for <see cref="Parallel"/>'s asynchronous loops.</summary>
internal static class Parallelism
{
    /// <summary>Options that stay on the caller's task scheduler, be it the thread pool or a simulation's.</summary>
    public static ParallelOptions AtMost(int atATime, CancellationToken cancellationToken) =>
        new()
        {
            MaxDegreeOfParallelism = atATime,
            CancellationToken = cancellationToken,
            TaskScheduler = TaskScheduler.Current,
        };
}
