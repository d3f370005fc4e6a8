using System.Buffers;
using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The top people while a batch is being applied.</summary>
/// <remarks>In rented arrays from the first tie on, until <see cref="ToPeople"/> returns them.</remarks>
internal sealed class PeopleTally(ImmutableArray<Person> start, ScoringPolicy policy, KeyHasher hasher)
{
    // By key, at the same places: to find one among 64-bit numbers takes a few vector instructions.
    private ulong[] keys = [];
    private Person[] people = [];
    private int count;
    private double bar;
    private bool changed;

    public void Put(AccountId account, Tie tie)
    {
        Open();
        var person = new Person(account, tie.Points, tie.Last, tie.Vote);
        var (weight, index) = (person.Weight(policy), IndexOf(tie.Actor));
        if (index < 0)
        {
            if (weight < bar)
                return;
            keys[index = count++] = tie.Actor;
        }
        else
            person = person with { Name = people[index].Name, NameAt = people[index].NameAt };

        changed = true;
        people[index] = person;
        if (count == TopPeople.Gathered)
            Trim();
    }

    public void Remove(ulong actor)
    {
        Open();
        var index = IndexOf(actor);
        if (index < 0)
            return;
        changed = true;
        count--;
        (keys[index], people[index]) = (keys[count], people[count]);
    }

    /// <summary>Names a person, if they are among those kept.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Call(AccountId account, ulong actor, string name, long at)
    {
        // A batch that was known already needs no arrays to find that its names are too.
        if (people.Length == 0 && !start.Any(p => p.Account == account && p.WithName(name, at) != p))
            return false;
        Open();
        if (IndexOf(actor) is not (>= 0 and var index) || people[index].WithName(name, at) is var named && named == people[index])
            return false;
        people[index] = named;
        return changed = true;
    }

    public ImmutableArray<Person> ToPeople()
    {
        if (people.Length == 0)
            return start;
        var kept = changed ? Sort() : start;
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<Person>.Shared.Return(people, clearArray: true);
        (keys, people) = ([], []);
        return kept;
    }

    private void Open()
    {
        if (people.Length > 0)
            return;
        keys = ArrayPool<ulong>.Shared.Rent(TopPeople.Gathered);
        people = ArrayPool<Person>.Shared.Rent(TopPeople.Gathered);
        Fill(start);
        bar = count < TopPeople.Kept ? double.NegativeInfinity : people[count - 1].Weight(policy);
    }

    // The bar only rises here, so nobody is dropped who could still count.
    private void Trim()
    {
        Fill(Sort());
        bar = people[count - 1].Weight(policy);
    }

    private void Fill(ImmutableArray<Person> with)
    {
        count = with.Length;
        for (var i = 0; i < count; i++)
            (keys[i], people[i]) = (hasher.KeyOf(with[i].Account), with[i]);
    }

    private ImmutableArray<Person> Sort() => TopPeople.Sort(people.AsSpan(0, count), policy);

    private int IndexOf(ulong actor) => keys.AsSpan(0, count).IndexOf(actor);
}
