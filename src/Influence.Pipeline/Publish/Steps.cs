namespace Influence.Pipeline.Publish;

/// <summary>The steps of a publication, a line each. <see cref="Workflow"/> runs them.</summary>
internal static class Steps
{
    public const string Attention = "attention";
    public const string InitialVotes = "initialVotes";
    public const string Iterate = "iterate";
    public const string ActivateVotes = "activateVotes";
    public const string Activity = "activity";
    public const string Apply = "apply";
    public const string Rank = "rank";
    public const string Publish = "publish";

    /// <summary>Where a publication begins: with a settlement, or by ranking alone.</summary>
    public static string First(PublicationInput input) => input.Settles ? Attention : Rank;

    /// <summary>The table: each step, whether it is done for each range or once, what it does, and what comes next.</summary>
    public static IReadOnlyDictionary<string, WorkflowStep> Of(
        SettlementSteps settle,
        CurrentVotes votes,
        ActivityFold activity,
        BoardSteps boards,
        InfluenceOptions options
    )
    {
        // All hosts have learnt of new votes before accounts are written under them.
        var learnt = TimeSpan.FromSeconds(options.VoteCacheSeconds);
        WorkflowStep[] table =
        [
            Each(Attention, settle.AttentionAsync, (_, _) => Then(InitialVotes)),
            Each(InitialVotes, settle.InitialVotesAsync, (_, _) => Then(Iterate, 1)),
            Each(Iterate, settle.IterateAsync, AfterIterate),
            Once(ActivateVotes, votes.ActivateAsync, (run, _) => Then(Activity, run.Round)),
            Once(
                Activity,
                (run, _, cancellationToken) => activity.FoldAsync(run, cancellationToken),
                (run, _) => Then(Apply, run.Round, learnt)
            ),
            Each(Apply, boards.ApplyAsync, (run, _) => Then(Publish, run.Round)),
            Each(Rank, boards.RankAsync, (_, _) => Then(Publish)),
            Once(Publish, (run, _, cancellationToken) => boards.PublishAsync(run, cancellationToken), (_, _) => null),
        ];
        return table.ToDictionary(s => s.Name, StringComparer.Ordinal);
    }

    // The last iteration left votes for one more.
    private static NextStep AfterIterate(WorkflowRun run, double largestChange)
    {
        var input = PublicationInput.Read(run.Input);
        var goesOn = largestChange > input.Tolerance && run.Round < input.MaxPasses;
        return Then(goesOn ? Iterate : ActivateVotes, run.Round + 1) with { Value = largestChange };
    }

    private static NextStep Then(string step, int round = 0, TimeSpan delay = default) => new(step, round, delay);

    private static WorkflowStep Each(string name, RangeWork work, Func<WorkflowRun, double, NextStep?> next) =>
        Each(name, (run, _, range, cancellationToken) => work(run, range, cancellationToken), next);

    private static WorkflowStep Each(string name, RoundWork work, Func<WorkflowRun, double, NextStep?> next) =>
        new(
            name,
            false,
            (run, range, cancellationToken) =>
                work(PublicationRun.Of(run), run.Round, new ShardRange(range, run.Ranges), cancellationToken),
            next
        );

    private static WorkflowStep Once(string name, OnceWork work, Func<WorkflowRun, double, NextStep?> next) =>
        new(name, true, (run, _, cancellationToken) => work(PublicationRun.Of(run), run.Round, cancellationToken), next);

    private delegate Task<StepResult> RangeWork(PublicationRun run, ShardRange range, CancellationToken cancellationToken);

    private delegate Task<StepResult> RoundWork(PublicationRun run, int round, ShardRange range, CancellationToken cancellationToken);

    private delegate Task<StepResult> OnceWork(PublicationRun run, int round, CancellationToken cancellationToken);
}
