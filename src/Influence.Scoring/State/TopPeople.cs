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

    /// <summary>Heaviest first, then by account id.</summary>
    public static ImmutableArray<Person> Sort(IEnumerable<Person> people, ScoringPolicy policy) =>
        [
            .. people
                .Select(p => (Person: p, Weight: p.Weight(policy)))
                .OrderByDescending(p => p.Weight)
                .ThenBy(p => p.Person.Account)
                .Take(Kept)
                .Select(p => p.Person),
        ];
}

/// <summary>One of the people who count most for an account, by name.</summary>
/// <param name="Account">Who.</param>
/// <param name="Points">x of the tie, above 0, as of <paramref name="Last"/>.</param>
/// <param name="Last">The tie's last moment, Unix seconds.</param>
/// <param name="Vote">What their attention weighs, 0–4.</param>
public readonly record struct Person(AccountId Account, double Points, long Last, float Vote)
{
    /// <summary>What the person adds to V at a moment: vote·strength·recency, 0–4.</summary>
    public double TieAt(long moment, ScoringPolicy policy) => Vote * policy.Strength(Points) * policy.Fade(moment - Last);

    // Every tie fades alike, so this order holds at every moment.
    internal double Weight(ScoringPolicy policy) => Math.Log(Vote * policy.Strength(Points)) + (Math.Log(2) * Last / policy.HalfLife);
}

/// <summary>The top people while a batch is being applied.</summary>
internal sealed class PeopleTally
{
    private readonly Dictionary<AccountId, Person> people;
    private readonly ScoringPolicy policy;
    private readonly ImmutableArray<Person> start;
    private double bar;
    private bool changed;

    public PeopleTally(ImmutableArray<Person> start, ScoringPolicy policy)
    {
        (this.start, this.policy) = (start, policy);
        people = start.ToDictionary(p => p.Account);
        bar = start.Length < TopPeople.Kept ? double.NegativeInfinity : start[^1].Weight(policy);
    }

    public void Put(AccountId account, Tie tie)
    {
        var person = new Person(account, tie.Points, tie.Last, tie.Vote);
        if (person.Weight(policy) < bar && !people.ContainsKey(account))
            return;
        people[account] = person;
        changed = true;
        // Kept short between two sorts; the bar only rises here, so nobody is dropped who could still count.
        if (people.Count >= 4 * TopPeople.Kept)
            Trim();
    }

    public void Remove(AccountId account) => changed |= people.Remove(account);

    public ImmutableArray<Person> ToPeople() => changed ? TopPeople.Sort(people.Values, policy) : start;

    private void Trim()
    {
        var kept = TopPeople.Sort(people.Values, policy);
        people.Clear();
        foreach (var person in kept)
            people[person.Account] = person;
        bar = kept[^1].Weight(policy);
    }
}
