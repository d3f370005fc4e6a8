using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Hosting;

/// <summary>Stops the app when its standard input ends, if a setting says so: its parent is gone then.</summary>
internal sealed class ParentWatch(IOptions<LocalHostOptions> options, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A thread of its own: reading the standard input cannot be cancelled.
        if (options.Value.StopWhenInputEnds)
            new Thread(Watch) { IsBackground = true, Name = "standard input" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Watch()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var ignored = new byte[256];
            while (input.Read(ignored) > 0) { }
        }
        catch (IOException)
        {
            // Closed as well.
        }

        lifetime.StopApplication();
    }
}
