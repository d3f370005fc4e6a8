using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Azurite;

/// <summary>Sees to it that development storage answers before anything else starts, and ends with the app what the app began.</summary>
internal sealed partial class LocalStorage(IConfiguration configuration, ILogger<LocalStorage> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string? root = ProjectFolder.Find();

    private AzuriteProcess? Azurite => root is null ? null : new AzuriteProcess(Path.Combine(root, ".azurite"), AzuritePorts.Development);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!WebJobsStorage.IsDevelopment(configuration) || await AzuritePorts.Development.AnswerAsync(cancellationToken))
            return;
        if (Azurite is not { } azurite)
            throw new InvalidOperationException(
                $"Nothing answers for {WebJobsStorage.Development}, and there is no package.json here to start Azurite from. Set '{WebJobsStorage.Setting}'."
            );
        if (!AzuritePackage.IsInstalled(root!))
            Installing(logger);
        var program = await AzuritePackage.InstallAsync(root!, cancellationToken);
        Starting(logger);
        await azurite.StartAsync(program, cancellationToken);
        await WaitAsync(azurite, cancellationToken);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (WebJobsStorage.IsDevelopment(configuration) && Azurite is { } azurite)
            await azurite.StopAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task WaitAsync(AzuriteProcess azurite, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (!await AzuritePorts.Development.AnswerAsync(limit.Token))
        {
            if (!azurite.IsRunning)
                throw new InvalidOperationException($"Azurite ended at once. Its log: {azurite.LogFile}");
            await Task.Delay(100, limit.Token);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Installing Azurite by 'npm ci', once: a minute or a few")]
    private static partial void Installing(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "No storage answers: starting Azurite, its data in .azurite")]
    private static partial void Starting(ILogger logger);
}
