using Influence.Pipeline;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary>Gathers, ranks and writes the boards that a publication asks for.</summary>
public sealed class PublishBoards(Publish publish)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(PublishBoards))]
    public Task RunAsync([QueueTrigger(QueueNames.Shards)] string message, CancellationToken stop) => publish.RunAsync(message, stop);
}
