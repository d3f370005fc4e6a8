namespace Influence.Pipeline.Messages;

/// <summary>Asks for one step of a publication over one range of shards, on queue <c>shards</c>. Version 2.</summary>
/// <param name="V">The layout's version: 2. Version 1 held id, date and moment, and asked for the whole publication.</param>
/// <param name="Id">Names the publication.</param>
/// <param name="Step">The step.</param>
/// <param name="Pass">The pass of a settlement, from 1; 0 for the steps before.</param>
/// <param name="Range">The range of shards, from 0.</param>
/// <param name="Date">Version 1: the day.</param>
/// <param name="AsOf">Version 1: the moment.</param>
public sealed record PublishMessage(
    int V,
    string Id,
    PublicationStep Step = PublicationStep.Rank,
    int Pass = 0,
    int Range = 0,
    DateOnly? Date = null,
    long? AsOf = null
)
{
    /// <summary>The version written.</summary>
    public const int Version = 2;
}
