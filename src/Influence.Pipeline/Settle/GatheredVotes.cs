namespace Influence.Pipeline.Settle;

/// <summary>The votes of some actors and of nobody else.</summary>
/// <param name="actors">Their keys, ascending, each once.</param>
/// <param name="votes">Their votes and traits, in the same order.</param>
internal sealed class GatheredVotes(ulong[] actors, StoredVote[] votes) : IVotes
{
    public bool Know(List<ulong> asked) => asked.TrueForAll(a => Array.BinarySearch(actors, a) >= 0);

    // Who was not gathered has no place: a mistake shows at once, instead of as a vote of 1.
    public float Of(ulong actor) => votes[Array.BinarySearch(actors, actor)].Vote;

    public byte TraitsOf(ulong actor) => votes[Array.BinarySearch(actors, actor)].Traits;
}
