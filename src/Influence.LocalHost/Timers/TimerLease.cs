using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Timers;

/// <summary>The right to run a timer, which one instance has at a time: a blob's lease, as the host keeps it.</summary>
/// <remarks>After a hard kill the next instance has to wait until the lease ends.</remarks>
internal sealed partial class TimerLease(BlobContainerClient container, string function, LoopFactory loops, ILogger logger)
{
    // The longest there is; taken again at half of it.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private readonly BlobClient blob = container.GetBlobClient($"locks/influence-local/Host.Functions.{function}.Listener");

    /// <summary>Works once the lease is had, and renews it meanwhile.</summary>
    /// <remarks>A lease that is lost on the way ends nothing: another instance may then run the timer as well.</remarks>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Gives up waiting for the lease.</param>
    public async Task HoldAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var lease = blob.GetBlobLeaseClient();
        var had = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var done = new CancellationTokenSource();
        var loop = loops.Create($"lease of timer {function}", logger, loops.Backoff(Pause / 4, Pause));
        var holding = loop.RunAsync(stop => TakeAsync(lease, had, stop), done.Token);
        try
        {
            await had.Task.WaitAsync(cancellationToken);
            await work();
        }
        finally
        {
            await done.CancelAsync();
            await holding;
            if (had.Task.IsCompleted)
                await ReleaseAsync(lease);
        }
    }

    private async Task<TimeSpan> TakeAsync(BlobLeaseClient lease, TaskCompletionSource had, CancellationToken stop)
    {
        try
        {
            // Of one's own lease it is a renewal.
            await lease.AcquireAsync(Duration, cancellationToken: stop);
            had.TrySetResult();
            return Duration / 2;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            if (had.Task.IsCompleted)
                Lost(logger, function);
            return Pause;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: stop);
            await blob.UploadAsync(BinaryData.FromBytes([]), stop);
            return TimeSpan.Zero;
        }
    }

    private async Task ReleaseAsync(BlobLeaseClient lease)
    {
        try
        {
            await lease.ReleaseAsync();
        }
        catch (Exception e)
        {
            NotReleased(logger, function, e.GetType().Name);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The lease of timer function {Function} is another instance's now: both may run it for a while"
    )]
    private static partial void Lost(ILogger logger, string function);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The lease of timer function {Function} was not released ({Trouble}); it ends by itself"
    )]
    private static partial void NotReleased(ILogger logger, string function, string trouble);
}
