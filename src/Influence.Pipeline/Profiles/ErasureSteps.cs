namespace Influence.Pipeline.Profiles;

/// <summary>The steps of an erasure. Each is idempotent; together they leave the account's id nowhere.</summary>
internal sealed class ErasureSteps
{
    public const string Suppress = "suppress";
    private const string Account = "account";
    private const string Records = "records";
    private const string Boards = "boards";
    private const string Finish = "finish";
    private static readonly TimeSpan BoardsAgain = TimeSpan.FromMinutes(1);
    private readonly Suppression suppression;
    private readonly ProfileEditor profiles;
    private readonly AccountWriter accounts;
    private readonly AccountRecords records;
    private readonly ErasedBoards boards;
    private readonly TimeSpan learnt;

    public ErasureSteps(
        Suppression suppression,
        ProfileEditor profiles,
        AccountWriter accounts,
        AccountRecords records,
        ErasedBoards boards,
        TimeSpan learnt
    )
    {
        (this.suppression, this.profiles, this.accounts, this.records, this.boards) = (suppression, profiles, accounts, records, boards);
        this.learnt = learnt;
        WorkflowStep[] table =
        [
            // All hosts have learnt of it before its rows go, and what they were applying is written.
            Once(Suppress, SuppressAsync, _ => new NextStep(Account, Delay: learnt)),
            Once(Account, AccountAsync, _ => new NextStep(Records)),
            Once(Records, RecordsAsync, _ => new NextStep(Boards)),
            // A publication that began before may still write its boards.
            Once(Boards, BoardsAsync, left => left > 0 ? new NextStep(Boards, Delay: BoardsAgain) : new NextStep(Finish)),
            Once(Finish, FinishAsync, _ => null) with
            {
                ForgetsInput = true,
            },
        ];
        Table = table.ToDictionary(s => s.Name, StringComparer.Ordinal);
    }

    /// <summary>The steps by name.</summary>
    public IReadOnlyDictionary<string, WorkflowStep> Table { get; }

    private async Task<StepResult> SuppressAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        await suppression.AddAsync(Of(run), cancellationToken);
        return StepResult.Done;
    }

    private async Task<StepResult> AccountAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        await profiles.RemoveAsync(Of(run), cancellationToken);
        await accounts.DeleteAsync(Of(run), cancellationToken);
        return StepResult.Done;
    }

    private async Task<StepResult> RecordsAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        await records.DeleteAsync(Of(run), cancellationToken);
        return StepResult.Done;
    }

    private async Task<StepResult> BoardsAsync(WorkflowRun run, CancellationToken cancellationToken) =>
        new(await boards.EraseAsync(Of(run), run.RequestedAt + learnt, cancellationToken));

    // Once more: what a host that stood still wrote in between goes too.
    private async Task<StepResult> FinishAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        await profiles.RemoveAsync(Of(run), cancellationToken);
        await accounts.DeleteAsync(Of(run), cancellationToken);
        await records.DeleteAsync(Of(run), cancellationToken);
        return StepResult.Done;
    }

    private static AccountId Of(WorkflowRun run) => AccountId.Parse(run.Input);

    private static WorkflowStep Once(
        string name,
        Func<WorkflowRun, CancellationToken, Task<StepResult>> work,
        Func<double, NextStep?> next
    ) =>
        new(
            name,
            true,
            (run, _, cancellationToken) => work(run, cancellationToken),
            (run, value) => next(value) is { } step ? step with { Round = run.Round + 1 } : null
        );
}
