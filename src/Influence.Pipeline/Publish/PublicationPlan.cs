namespace Influence.Pipeline.Publish;

/// <summary>Which step of a publication comes after which.</summary>
internal static class PublicationPlan
{
    /// <summary>The first step: a settlement where there are passes to make, else a ranking from histories.</summary>
    public static PublicationStep First(bool settles) => settles ? PublicationStep.Spend : PublicationStep.Rank;

    /// <summary>The step after one that all ranges are done with; null after the last.</summary>
    /// <param name="run">The publication.</param>
    /// <param name="step">The step that is done.</param>
    /// <param name="pass">Its pass.</param>
    /// <param name="largestChange">The largest change that a range saw in it, points.</param>
    public static (PublicationStep Step, int Pass)? Next(PublicationRun run, PublicationStep step, int pass, double largestChange) =>
        step switch
        {
            PublicationStep.Spend => (PublicationStep.Vote, 0),
            PublicationStep.Vote => (PublicationStep.Pass, 1),
            PublicationStep.Pass when largestChange >= run.Tolerance && pass < run.MaxPasses => (PublicationStep.Pass, pass + 1),
            // The last pass left votes for one more.
            PublicationStep.Pass => (PublicationStep.Apply, pass + 1),
            PublicationStep.Apply or PublicationStep.Rank => (PublicationStep.Publish, pass),
            _ => null,
        };
}
