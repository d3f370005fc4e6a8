namespace Influence.Pipeline;

/// <summary>Asks for the boards of a day, on queue <c>shards</c>. Version 1.</summary>
/// <param name="V">The layout's version: 1.</param>
/// <param name="Id">Names the publication.</param>
/// <param name="Date">The day to publish, UTC.</param>
/// <param name="AsOf">The moment the scores are of, Unix seconds.</param>
public sealed record PublishMessage(int V, string Id, DateOnly Date, long AsOf)
{
    /// <summary>The version written.</summary>
    public const int Version = 1;
}
