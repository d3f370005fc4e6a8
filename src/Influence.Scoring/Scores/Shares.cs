namespace Influence.Scoring.Scores;

/// <summary>Parts of a whole that always sum to one (promise 9).</summary>
public static class Shares
{
    /// <summary>The name of what no named part holds.</summary>
    public const string Other = "other";

    /// <summary>Each part over the whole, 0–1; what is left over goes to <see cref="Other"/>. Empty when the whole is 0.</summary>
    /// <param name="parts">Named parts, 0 or more each.</param>
    /// <param name="whole">Their sum, or more.</param>
    public static IReadOnlyDictionary<string, double> Of(IEnumerable<KeyValuePair<string, double>> parts, double whole)
    {
        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var named = parts.Where(p => p.Value > 0).ToList();
        // Parts kept apart from their total can exceed it in the last bit.
        whole = Math.Max(whole, named.Sum(p => p.Value));
        if (whole <= 0)
            return shares;
        foreach (var (name, value) in named)
            shares[name] = shares.GetValueOrDefault(name) + (value / whole);
        var other = 1 - shares.Values.Sum();
        if (other > 1e-12)
            shares[Other] = shares.GetValueOrDefault(Other) + other;
        return shares;
    }
}
