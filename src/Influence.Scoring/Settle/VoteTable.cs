namespace Influence.Scoring;

/// <summary>Votes in memory: only those other than 1 are kept.</summary>
public sealed class VoteTable : IVotes
{
    private readonly Dictionary<ulong, float> votes = [];

    /// <summary>Every vote is 1: before the first settlement.</summary>
    public static IVotes AllOne { get; } = new VoteTable();

    /// <summary>How many votes differ from 1.</summary>
    public int Count => votes.Count;

    /// <inheritdoc/>
    public float Of(ulong actor) => votes.GetValueOrDefault(actor, 1f);

    /// <summary>Votes by actor's key; those that are 1 are left out.</summary>
    public static VoteTable Of(IEnumerable<KeyValuePair<ulong, float>> votes)
    {
        var table = new VoteTable();
        foreach (var (actor, vote) in votes) table.Set(actor, vote);
        return table;
    }

    internal void Set(ulong actor, double vote)
    {
        if ((float)vote != 1f) votes[actor] = (float)vote;
    }
}
