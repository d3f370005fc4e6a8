using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Timers;

/// <summary>
/// The right to run a timer, which one instance has at a time: a blob's lease, as the host keeps it. After a hard kill the next one has to
/// wait until the
/// lease ends.
/// </summary>
internal sealed partial class TimerLease(BlobContainerClient container, string function, ILogger logger)
{
    // The longest there is; taken again at half of it.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private readonly BlobClient blob = container.GetBlobClient($"locks/influence-local/Host.Functions.{function}.Listener");

    /// <summary>
    /// Works once the lease is had. A lease that is lost on the way ends nothing: another instance may then run the timer as well.
    /// </summary>
    public async Task HoldAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var lease = blob.GetBlobLeaseClient();
        while (!await TakeAsync(lease, cancellationToken))
            await Task.Delay(Pause, cancellationToken);
        using var done = new CancellationTokenSource();
        var renewal = RenewAsync(lease, done.Token);
        try
        {
            await work();
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
            await ReleaseAsync(lease);
        }
    }

    private async Task<bool> TakeAsync(BlobLeaseClient lease, CancellationToken cancellationToken)
    {
        try
        {
            if (!await blob.ExistsAsync(cancellationToken))
                await CreateAsync(cancellationToken);
            // Of one's own lease it is a renewal.
            await lease.AcquireAsync(Duration, cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception e) when (WebJobsStorage.IsOutage(e))
        {
            return false;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await blob.UploadAsync(BinaryData.FromBytes([]), cancellationToken);
    }

    private async Task RenewAsync(BlobLeaseClient lease, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Duration / 2, done);
                if (!await TakeAsync(lease, done))
                    Lost(logger, function);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    private static async Task ReleaseAsync(BlobLeaseClient lease)
    {
        try
        {
            await lease.ReleaseAsync();
        }
        catch (Exception e) when (WebJobsStorage.IsOutage(e))
        {
            // It ends by itself.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The lease of timer function {Function} could not be renewed: another instance may run it as well"
    )]
    private static partial void Lost(ILogger logger, string function);
}
