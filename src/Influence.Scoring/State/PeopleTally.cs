using System.Collections.Immutable;

namespace Influence.Scoring.State;

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
