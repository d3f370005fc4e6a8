using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary>Gathers, ranks and writes the boards that a publication asks for.</summary>
public sealed class PublishBoards(WorkflowRouter publish)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(PublishBoards))]
    public Task RunAsync([QueueTrigger(QueueNames.Shards)] string message, FunctionContext context) =>
        publish.RunAsync(message, context.CancellationToken);
}
