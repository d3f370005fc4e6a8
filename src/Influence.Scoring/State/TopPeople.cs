using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The people who count most, by name.</summary>
/// <remarks>
/// <see cref="Kept"/> are kept so that <see cref="Shown"/> can be shown: names are known only while somebody acts, so after more than 12 of
/// those kept left through undos or settlements, fewer may be shown until others act again. Without these the list is exact.
/// </remarks>
internal static class TopPeople
{
    public const int Kept = 32;
    public const int Shown = 20;

    /// <summary>How many are gathered at most while a batch is being applied, so that sorting is rare.</summary>
    public const int Gathered = 4 * Kept;

    /// <summary>Heaviest first, then by account id.</summary>
    public static ImmutableArray<Person> Sort(IEnumerable<Person> people, ScoringPolicy policy) => Sort(people.ToArray().AsSpan(), policy);

    /// <summary>The same; sorts in place.</summary>
    public static ImmutableArray<Person> Sort(Span<Person> people, ScoringPolicy policy)
    {
        // Negated weights, so that the heaviest sorts first.
        Span<double> lightness = people.Length <= Gathered ? stackalloc double[people.Length] : new double[people.Length];
        for (var i = 0; i < people.Length; i++)
            lightness[i] = -people[i].Weight(policy);
        lightness.Sort(people);
        for (var (from, to) = (0, 1); from < people.Length; (from, to) = (to, to + 1))
        {
            while (to < people.Length && lightness[to] == lightness[from])
                to++;
            people[from..to].Sort((a, b) => a.Account.CompareTo(b.Account));
        }

        return [.. people[..Math.Min(Kept, people.Length)]];
    }
}

/// <summary>One of the people who count most for an account, by name.</summary>
/// <param name="Account">Who.</param>
/// <param name="Points">x of the tie, above 0, as of <paramref name="Last"/>.</param>
/// <param name="Last">The tie's last moment, Unix seconds.</param>
/// <param name="Vote">What their attention weighs, 0–4.</param>
public readonly record struct Person(AccountId Account, double Points, long Last, float Vote)
{
    /// <summary>How the person is shown, by the latest of their facts that says; null where none does.</summary>
    /// <remarks>Known for as long as the person is among those kept.</remarks>
    public string? Name { get; init; }

    /// <summary>The moment of that fact, Unix seconds; 0 for none.</summary>
    public long NameAt { get; init; }

    internal Person WithName(string name, long at) =>
        DisplayName.Replaces(name, at, Name, NameAt) ? this with { Name = name, NameAt = at } : this;

    /// <summary>What the person adds to V at a moment: vote·strength·recency, 0–4.</summary>
    public double TieAt(long moment, ScoringPolicy policy) => Vote * policy.Strength(Points) * policy.Fade(moment - Last);

    // Every tie fades alike, so this order holds at every moment.
    internal double Weight(ScoringPolicy policy) => Math.Log(Vote * policy.Strength(Points)) + (Math.Log(2) * Last / policy.HalfLife);
}
