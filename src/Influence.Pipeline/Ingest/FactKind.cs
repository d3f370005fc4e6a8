namespace Influence.Pipeline.Ingest;

/// <summary>What a route takes in; also the name of the array in a JSON object body.</summary>
public enum FactKind
{
    /// <summary><c>{"interactions":[…]}</c></summary>
    Interactions,

    /// <summary><c>{"metrics":[…]}</c></summary>
    Metrics,
}
