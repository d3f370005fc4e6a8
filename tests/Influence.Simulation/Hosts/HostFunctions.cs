using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Influence.Simulation.Hosts;

/// <summary>The app's functions as the host calls them: which message, timer or request runs what.</summary>
internal static class HostFunctions
{
    /// <summary>The queues that have a function, each before its poison queue.</summary>
    public static readonly IReadOnlyList<string> Queues =
    [
        QueueNames.Interactions,
        QueueNames.Shards,
        QueueNames.InteractionsPoison,
        QueueNames.ShardsPoison,
    ];

    public static Task DeliverAsync(IServiceProvider host, string queue, QueueMessage message) =>
        queue switch
        {
            QueueNames.Interactions => host.GetRequiredService<ScoreRecomputer>().ApplyAsync(message.MessageText, default),
            QueueNames.Shards => host.GetRequiredService<Publisher>().RunAsync(message.MessageText, default),
            QueueNames.InteractionsPoison => Letters(host).TakeFactsAsync(message.MessageText, default),
            QueueNames.ShardsPoison => Letters(host).TakePublicationAsync(message.MessageText, default),
            _ => throw new ArgumentOutOfRangeException(nameof(queue), queue, "No function listens to it."),
        };

    public static Task<IngestResult> PostAsync(IServiceProvider host, byte[] json, FactKind kind) =>
        host.GetRequiredService<FactIngestor>().TakeAsync(new FactBody(FactBodyFormat.Json, json), kind, default);

    public static Task<Publication?> RequestAsync(IServiceProvider host, DateOnly? day) =>
        host.GetRequiredService<Publisher>().RequestAsync(day, default);

    public static Task<Publication> FireDailyAsync(IServiceProvider host) =>
        host.GetRequiredService<Publisher>().RequestDailyAsync(default);

    public static Task FireWatchAsync(IServiceProvider host) => host.GetRequiredService<Publisher>().ResumeStalledAsync(default);

    public static Task FireRetentionAsync(IServiceProvider host) => host.GetRequiredService<Retention>().RunAsync(default);

    private static DeadLetters Letters(IServiceProvider host) => host.GetRequiredService<DeadLetters>();
}
