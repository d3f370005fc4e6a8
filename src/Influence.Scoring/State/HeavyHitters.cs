using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The names that received the most points: weighted Misra–Gries heavy hitters.</summary>
/// <remarks>
/// At most <see cref="Capacity"/> names (Misra and Gries 1982, "Finding repeated elements"). Exact while at most 16 names occur. Beyond
/// that every figure is too low by at most N/17, N being all points ever added (faded alike, and those taken back since included), and
/// never too high; what is missing counts as "other". Deterministic: the same points in the same order give the same table. Points are as
/// of the moment of the state's totals. Immutable; sorted by name.
/// </remarks>
public sealed class HeavyHitters
{
    /// <summary>How many names are followed.</summary>
    public const int Capacity = 16;

    private HeavyHitters(ImmutableSortedDictionary<string, double> points) => Points = points;

    /// <summary>Nothing yet.</summary>
    public static HeavyHitters Empty { get; } = new(ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));

    /// <summary>Points by name, each above 0.</summary>
    public ImmutableSortedDictionary<string, double> Points { get; }

    internal static HeavyHitters Of(IEnumerable<KeyValuePair<string, double>> points) => new(Empty.Points.AddRange(points));

    internal HeavyHitters Faded(double factor) =>
        Points.IsEmpty || factor == 1
            ? this
            : new(Empty.Points.AddRange(Points.Select(p => KeyValuePair.Create(p.Key, p.Value * factor)).Where(p => p.Value > 0)));

    internal HeavyHitters Add(string name, double points)
    {
        if (points <= 0)
            return this;
        if (Points.Count < Capacity || Points.ContainsKey(name))
            return new(Points.SetItem(name, Points.GetValueOrDefault(name) + points));
        // Full: everyone, the newcomer included, pays the smallest one's points; whoever has nothing left makes room.
        var smallest = Math.Min(points, Points.Values.Min());
        var left = Points.Select(p => KeyValuePair.Create(p.Key, p.Value - smallest)).Append(KeyValuePair.Create(name, points - smallest));
        return new(Empty.Points.AddRange(left.Where(p => p.Value > 0)));
    }

    internal HeavyHitters Take(string name, double points)
    {
        if (!Points.TryGetValue(name, out var known))
            return this;
        // A remainder this small is rounding: the name was only ever there through what is now taken back.
        return new(known - points <= known * 1e-9 ? Points.Remove(name) : Points.SetItem(name, known - points));
    }
}
