using System.Collections.Immutable;

namespace Influence.Scoring.Verify;

/// <summary>The drifts found so far in one state.</summary>
internal sealed class DriftList(AccountState state, long now, double tolerance)
{
    private readonly List<Drift> drifts = [];
    private readonly double score = Score.Of(ScoreInputs.At(now, state.Totals, state.Policy), state.Policy).Value;

    public bool IsEmpty => drifts.Count == 0;

    /// <summary>Whether two figures differ by more than the tolerance: absolute up to 1, relative beyond.</summary>
    public bool Differ(double stored, double recomputed) =>
        !(Math.Abs(stored - recomputed) <= tolerance * Math.Max(1, Math.Abs(recomputed)));

    /// <summary>Whether a figure holds more than the facts give.</summary>
    public bool Exceeds(double stored, double recomputed) => stored > recomputed && Differ(stored, recomputed);

    /// <summary>Compares, and notes a drift; <paramref name="repaired"/> are the stored totals with this figure put right.</summary>
    public double Compare(string what, double stored, double recomputed, Totals? repaired = null)
    {
        if (!Differ(stored, recomputed))
            return stored;
        Add(what, stored, recomputed, repaired);
        return recomputed;
    }

    /// <summary>Compares what is counted: one more is a drift however many there are.</summary>
    public long CompareCount(string what, long stored, long recomputed)
    {
        if (stored != recomputed)
            Add(what, stored, recomputed);
        return recomputed;
    }

    public void Add(string what, double stored, double recomputed, Totals? repaired = null)
    {
        var points = repaired is { } totals ? Score.Of(ScoreInputs.At(now, totals, state.Policy), state.Policy).Value - score : 0;
        drifts.Add(new Drift(what, stored, recomputed, points));
    }

    /// <summary>Notes a drift of a tie, whose part of the influence goes from one tie's to the other's.</summary>
    public void AddTie(string what, double stored, double recomputed, Tie? before, Tie? after) =>
        Add(
            what,
            stored,
            recomputed,
            state.Totals with
            {
                Influence = Math.Max(0, state.Totals.Influence + PartOf(after) - PartOf(before)),
            }
        );

    public ImmutableArray<Drift> ToDrifts() => [.. drifts.OrderByDescending(d => Math.Abs(d.Points))];

    private double PartOf(Tie? tie) => tie is { } t ? t.Vote * t.WeightAt(state.Totals.AsOf, state.Policy) : 0;
}
