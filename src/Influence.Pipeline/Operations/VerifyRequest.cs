namespace Influence.Pipeline.Operations;

/// <summary>Which accounts to verify.</summary>
/// <param name="Accounts">These, at most <see cref="MaxAccounts"/>.</param>
/// <param name="Sample">And so many more, 0 to <see cref="MaxSample"/>.</param>
/// <param name="Seed">Which sample: the same seed over the same accounts picks the same ones.</param>
/// <param name="Repair">Whether drifted states are written anew; without it nothing is written.</param>
public sealed record VerifyRequest(IReadOnlyList<AccountId> Accounts, int Sample = 0, int Seed = 1, bool Repair = false)
{
    /// <summary>Most accounts by id.</summary>
    public const int MaxAccounts = 100;

    /// <summary>Largest sample.</summary>
    public const int MaxSample = 1000;
}
