namespace Influence.Scoring.Tests.Verify;

/// <summary>One figure of a state made wrong, as a bug would leave it: valid in itself, at odds with the facts.</summary>
internal static class Tampering
{
    private static readonly Func<AccountState, Random, AccountState?>[] Kinds =
    [
        (s, r) => OnTie(s, r, t => t with { Points = Tie.Round(Off(t.Points, r)) }),
        (s, r) => OnTie(s, r, t => t with { Last = t.Last + (r.Next(2) == 0 ? -1 : 1) * r.Next(1, 1_000_000) }),
        (s, r) => OnTie(s, r, t => t with { Vote = OtherVote(t.Vote, r) }),
        (s, r) => OnTie(s, r, _ => null),
        (s, r) =>
            s with
            {
                Ties = s.Ties.Edit([PageEdit<Tie>.Put(new Tie((ulong)r.NextInt64(), 1.5, Scenario.Now - r.Next(8_000_000), 1))]),
            },
        (s, r) => s with { Totals = s.Totals with { Reach = Off(s.Totals.Reach, r) } },
        (s, r) => s with { Totals = s.Totals with { Engagement = Off(s.Totals.Engagement, r) } },
        (s, r) => s with { Totals = s.Totals with { Influence = Off(s.Totals.Influence, r) } },
        (s, r) => s with { Totals = s.Totals with { Counted = Off(s.Totals.Counted, r) } },
        (s, r) => s with { Totals = s.Totals with { People = s.Totals.People + r.Next(1, 4) } },
        (s, r) =>
            s.Totals.Interactions == 0
                ? null
                : s with
                {
                    Totals = s.Totals with { Interactions = s.Totals.Interactions + (r.Next(2) * 2) - 1 },
                },
        (s, r) => OnPerson(s, r, p => p with { Points = Off(p.Points, r) }),
        (s, r) => OnPerson(s, r, p => p with { Vote = OtherVote(p.Vote, r) }),
        (s, r) => s.Totals.Reach == 0 ? null : s with { Totals = s.Totals with { AsOf = s.Totals.AsOf - r.Next(100_000, 10_000_000) } },
        (s, r) => s.Totals.Reach == 0 ? null : s with { Totals = s.Totals with { AsOf = s.Totals.AsOf + r.Next(100_000, 10_000_000) } },
    ];

    /// <summary>The state with one figure wrong; null where it has no such figure.</summary>
    public static AccountState? Of(AccountState state, int seed)
    {
        var random = new Random(seed);
        return Kinds[random.Next(Kinds.Length)](state, random);
    }

    // Off by 3e-6 to thousands, up or down, of a figure that stays valid.
    private static double Off(double figure, Random random)
    {
        var by = Math.Max(1, figure) * 3e-6 * Math.Pow(10, random.NextDouble() * 8);
        return random.Next(2) == 0 && by < figure ? figure - by : figure + by;
    }

    private static float OtherVote(float vote, Random random) =>
        vote > 2 ? vote - 0.1f - (random.NextSingle() * 1.9f) : vote + 0.1f + (random.NextSingle() * 1.9f);

    private static AccountState? OnTie(AccountState state, Random random, Func<Tie, Tie?> change)
    {
        var ties = StateView.Ties(state);
        if (ties.Count == 0)
            return null;
        var tie = ties[random.Next(ties.Count)];
        return state with { Ties = state.Ties.Edit([change(tie) is { } other ? PageEdit<Tie>.Put(other) : PageEdit<Tie>.Take(tie)]) };
    }

    private static AccountState? OnPerson(AccountState state, Random random, Func<Person, Person> change)
    {
        if (state.KeptPeople.IsEmpty)
            return null;
        var index = random.Next(state.KeptPeople.Length);
        return state with { KeptPeople = state.KeptPeople.SetItem(index, change(state.KeptPeople[index])) };
    }
}
