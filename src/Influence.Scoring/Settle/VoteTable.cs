using System.Numerics;

namespace Influence.Scoring.Settle;

/// <summary>Votes in memory: only those other than 1 are kept, 14–16 bytes each.</summary>
public sealed class VoteTable : IVotes
{
    // Keys are spread evenly, so a key's first bits say nearly where it stands: a read touches three places in memory however many votes
    // there are.
    private readonly ulong[] actors;
    private readonly float[] votes;
    private readonly int[] starts;
    private readonly int shift;

    // Sorted by actor.
    private VoteTable(ulong[] actors, float[] votes)
    {
        (this.actors, this.votes) = (actors, votes);
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
    public float Of(ulong actor)
    {
        var start = actor >> shift;
        var from = starts[start];
        var index = actors.AsSpan(from, starts[start + 1] - from).BinarySearch(actor);
        return index < 0 ? 1f : votes[from + index];
    }

    /// <summary>Votes by actor's key, each key once; those that are 1 are left out.</summary>
    public static VoteTable Of(IEnumerable<KeyValuePair<ulong, float>> votes)
    {
        KeyValuePair<ulong, float>[] told = [.. votes.Where(v => v.Value != 1f).OrderBy(v => v.Key)];
        return new VoteTable(Array.ConvertAll(told, v => v.Key), Array.ConvertAll(told, v => v.Value));
    }

    /// <summary>The same of what is sorted by actor already; the arrays become the table's own.</summary>
    public static VoteTable OfSorted(ulong[] actors, float[] votes) => new(actors, votes);
}

/// <summary>What each actor's attention weighs, frozen between two settlements.</summary>
public interface IVotes
{
    /// <summary>vote(a) = quality·selectivity·standing, 0–4; 1 for an account that the snapshot does not name.</summary>
    /// <param name="actor">The actor's key (<see cref="KeyHasher.KeyOf(AccountId)"/>).</param>
    float Of(ulong actor);
}
