using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Azurite;

/// <summary>Sees to it that development storage answers before the app starts and while it runs.</summary>
/// <remarks>
/// An Azurite that this process started ends with it, after all else. One that another app of this clone started is shared, and replaced
/// when that app ends. Any other is left alone.
/// </remarks>
internal sealed partial class LocalStorage(
    IConfiguration configuration,
    IOptions<LocalHostOptions> options,
    LoopFactory loops,
    TimeProvider clock,
    ILogger<LocalStorage> logger
) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EarlierPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private readonly string? root = ProjectFolder.Find();
    private AzuriteProcess? azurite;
    private AzuriteOwner? owner;
    private Task watching = Task.CompletedTask;

    /// <summary>Starts Azurite if this host is to, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (WebJobsStorage.LocalPorts(configuration, options.Value) is not { } ports)
            return;
        if (!await EnsureAsync(ports, cancellationToken))
            return;
        var loop = loops.Create("local storage", logger);
        watching = Task.Run(() => loop.RunAsync(t => WatchAsync(ports, t), stopping.Token), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stopping.Dispose();
    }

    /// <summary>Whether the Azurite that answers then belongs to this clone: to this app or to another.</summary>
    private async Task<bool> EnsureAsync(AzuritePorts ports, CancellationToken cancellationToken)
    {
        if (root is null)
            return await ports.AnswerAsync(cancellationToken)
                ? false
                : throw new InvalidOperationException(
                    $"Nothing answers for {WebJobsStorage.Development}, and there is no package.json here to start Azurite from. "
                        + $"Set '{WebJobsStorage.Setting}'."
                );
        var folder = options.Value.AzuriteFolder ?? Path.Combine(root, ".azurite");
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Pause, clock, cancellationToken))
        {
            owner ??= AzuriteOwner.Take(folder);
            if (owner is not null)
                return await OwnAsync(owner, ports, folder, cancellationToken);
            if (await ports.AnswerAsync(cancellationToken))
                return true;
            if (clock.GetElapsedTime(began) > StartPatience)
                throw new InvalidOperationException(
                    $"Another app of this clone runs Azurite, which does not answer after {StartPatience.TotalSeconds:0} s: end that app."
                );
        }
    }

    private async Task<bool> OwnAsync(AzuriteOwner own, AzuritePorts ports, string folder, CancellationToken cancellationToken)
    {
        await WaitForEarlierAsync(own, cancellationToken);
        if (await ports.AnswerAsync(cancellationToken))
        {
            own.Dispose();
            owner = null;
            return false;
        }

        if (!AzuritePackage.IsInstalled(root!))
            Installing(logger);
        var program = await AzuritePackage.InstallAsync(root!, clock, cancellationToken);
        Starting(logger, folder);
        azurite = AzuriteProcess.Start(program, ports, folder);
        own.Remember(azurite);
        if (await azurite.ListensAsync(clock, cancellationToken))
            return true;
        throw new InvalidOperationException($"Azurite ended at once. Its last output:\n{azurite.LastLines}");
    }

    // An Azurite whose app was killed still saves, on the same ports and the same files.
    private async Task WaitForEarlierAsync(AzuriteOwner own, CancellationToken cancellationToken)
    {
        using var earlier = own.FindEarlier();
        if (earlier is null)
            return;
        Waiting(logger, earlier.Id);
        try
        {
            await earlier.WaitForExitAsync(cancellationToken).WaitAsync(EarlierPatience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            earlier.Kill();
            await earlier.WaitForExitAsync(cancellationToken).WaitAsync(EarlierPatience, clock, cancellationToken);
        }
    }

    private async Task<TimeSpan> WatchAsync(AzuritePorts ports, CancellationToken cancellationToken)
    {
        if (azurite is { HasExited: false } || (azurite is null && await ports.AnswerAsync(cancellationToken)))
            return WatchPause;
        Gone(logger, azurite?.LastLines ?? "It was another app's.");
        azurite?.Dispose();
        azurite = null;
        return await EnsureAsync(ports, cancellationToken) ? WatchPause : Timeout.InfiniteTimeSpan;
    }

    /// <summary>Ends an Azurite that this process started, and waits until it has saved.</summary>
    public async Task EndAsync()
    {
        await stopping.CancelAsync();
        await watching;
        if (azurite is not null)
        {
            if (!await azurite.StopAsync(StopPatience, clock))
                StillSaving(logger, azurite.Id);
            azurite.Dispose();
            azurite = null;
        }

        owner?.Dispose();
        owner = null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Installing Azurite by 'npm ci', once: a minute or a few")]
    private static partial void Installing(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "No storage answers: starting Azurite, its data in {Folder}")]
    private static partial void Starting(ILogger logger, string folder);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Waiting until the Azurite of an earlier run (process {Id}) has saved and ended"
    )]
    private static partial void Waiting(ILogger logger, int id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Azurite is gone, another one takes its place. {Output}")]
    private static partial void Gone(ILogger logger, string output);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Azurite (process {Id}) still saves its data; it ends by itself")]
    private static partial void StillSaving(ILogger logger, int id);
}
