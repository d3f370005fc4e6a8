using Microsoft.Extensions.Hosting;

namespace Influence.LocalHost.Hosting;

/// <summary>The order of what runs beside this process. First storage, then the worker; at the end the other way round.</summary>
/// <remarks>Both are there before anything else starts, and end after everything else.</remarks>
internal sealed class ChildProcesses(LocalStorage storage, WorkerSupervisor workers) : IHostedLifecycleService, IAsyncDisposable
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await storage.StartAsync(cancellationToken);
        await workers.StartAsync(cancellationToken);
    }

    // Not by the host's token, since what Azurite has not saved would be lost.
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    // Without a stop before it when the host could not start.
    public async ValueTask DisposeAsync()
    {
        await workers.EndAsync();
        await storage.EndAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
