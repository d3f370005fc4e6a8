namespace Influence.Scoring.Settle;

/// <summary>What each actor's attention weighs, frozen between two settlements.</summary>
public interface IVotes
{
    /// <summary>vote(a) = quality·selectivity·standing, 0–4; 1 for an account that the snapshot does not name.</summary>
    /// <param name="actor">The actor's key (<see cref="KeyHasher.KeyOf(AccountId)"/>).</param>
    float Of(ulong actor);
}
