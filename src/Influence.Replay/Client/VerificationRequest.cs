namespace Influence.Replay.Client;

/// <summary>Asks for a verification.</summary>
/// <param name="Accounts">Accounts by id.</param>
/// <param name="Sample">How many more.</param>
/// <param name="Seed">Which sample.</param>
/// <param name="Repair">Whether drifted states are written anew.</param>
internal sealed record VerificationRequest(IReadOnlyList<string> Accounts, int Sample, int Seed, bool Repair);
