namespace Influence.Pipeline.Messages;

/// <summary>The queues, each with its dead letters' twin.</summary>
public static class QueueNames
{
    /// <summary>Carries <see cref="FactsMessage"/>.</summary>
    public const string Interactions = "interactions";

    /// <summary>Carries <see cref="WorkflowMessage"/>.</summary>
    public const string Shards = "shards";

    /// <summary>What failed five times on <see cref="Interactions"/>.</summary>
    public const string InteractionsPoison = Interactions + "-poison";

    /// <summary>What failed five times on <see cref="Shards"/>.</summary>
    public const string ShardsPoison = Shards + "-poison";
}
