namespace Influence.Scoring.State;

/// <summary>A change of policy that an account went through: the same facts before and after it, at one moment.</summary>
/// <remarks>Both scores can be told from it, and which part of a change of score was the policy's.</remarks>
/// <param name="At">The moment of the settlement that made it, Unix seconds.</param>
/// <param name="From">The version of the policy before.</param>
/// <param name="Before">The inputs under the policy before.</param>
/// <param name="After">The inputs under the policy after.</param>
public sealed record PolicyChangeover(long At, int From, ScoreInputs Before, ScoreInputs After)
{
    /// <summary>An account's state under another policy. Pure.</summary>
    /// <remarks>
    /// What the ledger has is counted by the new policy's points and half-life; what is older keeps what was left of it.
    /// </remarks>
    /// <param name="state">The state, every page loaded.</param>
    /// <param name="policy">The new policy.</param>
    /// <param name="at">The moment of the settlement, Unix seconds.</param>
    /// <exception cref="PageNotLoadedException">A page is not loaded.</exception>
    public static AccountState Apply(AccountState state, ScoringPolicy policy, long at)
    {
        if (state.Policy.Version == policy.Version)
            return state;
        var (old, fresh) = (LedgerFacts.Of(state), LedgerFacts.Of(state with { Policy = policy }));
        var ties = state.Ties.Records().Select(tie => Convert(tie, old, fresh)).ToList();
        var edits = ties.Select(t => t.Points > 0 ? PageEdit<Tie>.Put(t) : PageEdit<Tie>.Take(t)).ToArray();
        ties.RemoveAll(t => t.Points <= 0);
        var asOf = state.Totals.AsOf;
        var counted = Math.Max(0, state.Totals.Counted - old.CountedAt(asOf, state.Policy)) + fresh.CountedAt(asOf, policy);
        var totals = ties.Aggregate(
            state.Totals with
            {
                People = 0,
                Reach = 0,
                Engagement = 0,
                Influence = 0,
                Counted = counted,
            },
            (sum, tie) => sum.WithTie(null, tie, policy)
        );
        var byActor = ties.ToDictionary(t => t.Actor);
        var converted = state with
        {
            Policy = policy,
            Totals = totals,
            Ties = state.Ties.Edit(edits),
            PeopleByDay = PeopleByDay.Of(ties),
            KeptPeople = TopPeople.Sort(
                state
                    .KeptPeople.Where(p => byActor.ContainsKey(state.Keys.KeyOf(p.Account)))
                    .Select(p => p with { Points = byActor[state.Keys.KeyOf(p.Account)].Points }),
                policy
            ),
        };
        foreach (var person in state.Link?.Inner ?? [])
            converted = converted with
            {
                Link = converted.Link!.With(person.Account, byActor.GetValueOrDefault(state.Keys.KeyOf(person.Account))),
            };
        converted = converted.Record(at);
        return converted with { Changeover = new(at, state.Policy.Version, state.InputsAt(at), converted.InputsAt(at)) };
    }

    private static Tie Convert(Tie tie, LedgerFacts old, LedgerFacts fresh)
    {
        if (!fresh.Actors.TryGetValue(tie.Actor, out var points))
            return tie;
        // Sums of the same terms in another order differ in their last bits.
        var older = tie.Points - old.Actors[tie.Actor].Points;
        points.Add(older > tie.Points * 1e-9 ? older : 0, tie.Last);
        return tie with { Points = Tie.Round(points.Points), Last = points.Last };
    }
}
