using System.Numerics;

namespace Influence.Scoring.Settle;

/// <summary>Votes in memory: only those other than the default are kept, 15–17 bytes each.</summary>
public sealed class VoteTable : IVotes
{
    // Keys are spread evenly, so a key's first bits say nearly where it stands: a read touches three places in memory however many votes
    // there are.
    private readonly ulong[] actors;
    private readonly float[] votes;
    private readonly byte[] traits;
    private readonly int[] starts;
    private readonly int shift;

    // Sorted by actor.
    private VoteTable(ulong[] actors, float[] votes, byte[] traits)
    {
        (this.actors, this.votes, this.traits) = (actors, votes, traits);
        var bits = Math.Max(1, BitOperations.Log2((uint)actors.Length));
        (starts, shift) = (new int[(1 << bits) + 1], 64 - bits);
        foreach (var actor in actors)
            starts[(actor >> shift) + 1]++;
        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
    }

    /// <summary>Every vote is 1: before the first settlement.</summary>
    public static IVotes AllOne { get; } = Of([]);

    /// <summary>How many votes differ from 1.</summary>
    public int Count => actors.Length;

    /// <inheritdoc/>
    public float Of(ulong actor) => IndexOf(actor) is >= 0 and var index ? votes[index] : 1f;

    /// <inheritdoc/>
    public byte TraitsOf(ulong actor) => IndexOf(actor) is >= 0 and var index ? traits[index] : (byte)0;

    /// <summary>Votes by actor's key, each key once; those that are 1 are left out.</summary>
    public static VoteTable Of(IEnumerable<KeyValuePair<ulong, float>> votes)
    {
        KeyValuePair<ulong, float>[] told = [.. votes.Where(v => v.Value != 1f).OrderBy(v => v.Key)];
        return new VoteTable(Array.ConvertAll(told, v => v.Key), Array.ConvertAll(told, v => v.Value), new byte[told.Length]);
    }

    /// <summary>The same with traits, of what is sorted by actor already; the arrays become the table's own.</summary>
    public static VoteTable OfSorted(ulong[] actors, float[] votes, byte[] traits) => new(actors, votes, traits);

    private int IndexOf(ulong actor)
    {
        var start = actor >> shift;
        var from = starts[start];
        var index = actors.AsSpan(from, starts[start + 1] - from).BinarySearch(actor);
        return index < 0 ? -1 : from + index;
    }
}

/// <summary>What each actor's attention weighs, frozen between two settlements.</summary>
public interface IVotes
{
    /// <summary>vote(a) = quality·selectivity·standing, 0–4; 1 for an account that the snapshot does not name.</summary>
    /// <param name="actor">The actor's key (<see cref="KeyHasher.KeyOf(AccountId)"/>).</param>
    float Of(ulong actor);

    /// <summary>What else is known of the actor (<see cref="VoteTraits"/>); 0 for one that the snapshot does not name.</summary>
    /// <param name="actor">The actor's key.</param>
    byte TraitsOf(ulong actor) => 0;
}
