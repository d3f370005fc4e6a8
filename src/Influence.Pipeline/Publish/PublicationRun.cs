using Azure;

namespace Influence.Pipeline.Publish;

/// <summary>A publication as its steps see it.</summary>
/// <param name="Info">What the status monitor shows, with the step and pass it is at.</param>
/// <param name="AsOf">The moment it settles and ranks at, Unix seconds.</param>
/// <param name="Ranges">How many ranges the shards are cut into.</param>
/// <param name="MaxPasses">Passes at most.</param>
/// <param name="Tolerance">Points below which a change is none.</param>
/// <param name="ProgressAt">When it last went a step on.</param>
/// <param name="ETag">Of its row.</param>
internal sealed record PublicationRun(
    Publication Info,
    long AsOf,
    int Ranges,
    int MaxPasses,
    double Tolerance,
    DateTimeOffset ProgressAt,
    ETag ETag = default
)
{
    public string Id => Info.Id;

    public (PublicationStep Step, int Pass) At => (Info.Step ?? PublicationStep.Rank, Info.Pass ?? 0);

    /// <summary>How many messages a step is made of.</summary>
    public int RangesOf(PublicationStep step) => step == PublicationStep.Publish ? 1 : Ranges;
}
