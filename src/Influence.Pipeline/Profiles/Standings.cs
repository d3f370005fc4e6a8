namespace Influence.Pipeline.Profiles;

/// <summary>Sets whether an account counts as a person (docs/scoring.md, "Standing").</summary>
/// <remarks>
/// For votes from the next settlement on, for boards from the next publication on, for the card within its 30 seconds. Nothing else of the
/// account changes, so that setting it back restores it.
/// </remarks>
public sealed class Standings
{
    private readonly AccountEditor accounts;
    private readonly Suppression suppression;

    internal Standings(AccountEditor accounts, Suppression suppression) => (this.accounts, this.suppression) = (accounts, suppression);

    /// <summary>Sets it. Idempotent.</summary>
    /// <returns>What it was before; null for an account that was erased.</returns>
    public async Task<Standing?> SetAsync(AccountId account, Standing standing, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("profiles");
        if ((await suppression.NowAsync(cancellationToken)).Has(account))
            return null;
        var before = await accounts.EditAsync(
            account,
            _ => [],
            state => state.Standing == standing ? state : state with { Standing = standing },
            cancellationToken
        );
        return before.Standing;
    }
}
