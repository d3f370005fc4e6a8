namespace Influence.Pipeline.Recompute;

/// <summary>What a message of facts came to.</summary>
/// <param name="Accounts">How many accounts it was about.</param>
/// <param name="Applied">Facts that were new.</param>
/// <param name="Known">Facts that changed nothing: repeated, outdated or undone.</param>
/// <param name="Refused">Facts that break a rule; the door refuses them, so any here were put on the queue by other means.</param>
public sealed record RecomputeResult(int Accounts, int Applied, int Known, int Refused)
{
    internal RecomputeResult And(RecomputeResult other) =>
        new(Accounts + other.Accounts, Applied + other.Applied, Known + other.Known, Refused + other.Refused);
}
