using System.Runtime.InteropServices;

namespace Influence.Scoring.State;

/// <summary>A settlement's work on one account.</summary>
public static class AccountRecompute
{
    private const int MostPagesForgotten = 32;

    /// <summary>Rebuilds the sums from the ties under fresh votes, and forgets what has expired. Idempotent.</summary>
    /// <remarks>
    /// Expired are ties silent for 180 days, and ledger days and undos older than <see cref="ScoringPolicy.FactMemory"/>.
    /// </remarks>
    /// <param name="state">The state before.</param>
    /// <param name="votes">The new votes.</param>
    /// <param name="now">The moment of the settlement, Unix seconds.</param>
    /// <exception cref="PageNotLoadedException">A page is not loaded: all ties and undos are needed.</exception>
    public static AccountState Recompute(AccountState state, IVotes votes, long now)
    {
        var totals = state.Totals with { People = 0, Reach = 0, Engagement = 0, Influence = 0 };
        var (edits, moved) = (new List<PageEdit<Tie>>(), new MovedVotes(state));
        var days = new PeopleByDayTally(PeopleByDay.None);
        foreach (var before in state.Ties.Records())
        {
            var after = Renew(before, votes, state.Policy, now);
            if (after is { } tie)
            {
                totals = totals.WithTie(null, tie, state.Policy);
                days.Move(null, tie);
            }

            moved.Add(before, after);
            if (after is null)
                edits.Add(PageEdit<Tie>.Take(before));
            else if (after != before)
                edits.Add(PageEdit<Tie>.Put(after.Value));
        }

        var renewed = state with
        {
            Totals = totals with { Settled = moved.Settled },
            Ties = state.Ties.Edit(CollectionsMarshal.AsSpan(edits)),
            KeptPeople = PeopleUnder(state, votes, now),
            PeopleByDay = days.ToDays(),
            Link = RenewLink(state, votes, now),
        };
        return Forget(edits.Count > 0 ? renewed.Record(now) : renewed, now);
    }

    /// <summary>The same for the pages of ties that are loaded: for an account too large for one transaction.</summary>
    /// <remarks>The other pages stay as they are. Ledger days and undos are left to the last part.</remarks>
    /// <inheritdoc cref="Recompute" path="/param"/>
    public static AccountState RecomputeLoaded(AccountState state, IVotes votes, long now)
    {
        var totals = state.Totals;
        var (edits, moved) = (new List<PageEdit<Tie>>(), new MovedVotes(state));
        var days = new PeopleByDayTally(state.PeopleByDay);
        foreach (var before in state.Ties.LoadedRecords())
        {
            var after = Renew(before, votes, state.Policy, now);
            if (after == before)
                continue;
            totals = totals.WithTie(before, after, state.Policy);
            days.Move(before, after);
            moved.Add(before, after);
            edits.Add(after is { } tie ? PageEdit<Tie>.Put(tie) : PageEdit<Tie>.Take(before));
        }

        if (edits.Count == 0)
            return state;
        return (
            state with
            {
                Totals = totals with { Settled = moved.Settled },
                PeopleByDay = days.ToDays(),
                Link = RenewLink(state, votes, now),
                Ties = state.Ties.Edit(CollectionsMarshal.AsSpan(edits)),
                KeptPeople = PeopleUnder(state, votes, now),
            }
        ).Record(now);
    }

    /// <summary>Only forgets the days of the ledger older than <see cref="ScoringPolicy.FactMemory"/>; no page need be loaded.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="now">The moment of the settlement, Unix seconds.</param>
    public static AccountState ForgetDays(AccountState state, long now) =>
        state with
        {
            Ledger = state.Ledger.From(FirstDayKept(state, now)),
        };

    /// <summary>The first day of the ledger that a settlement keeps, days since 1970-01-01 UTC.</summary>
    /// <remarks>A day stays whole until its last second has expired.</remarks>
    /// <inheritdoc cref="ForgetDays" path="/param"/>
    public static int FirstDayKept(AccountState state, long now) => Ledger.DayOf(now - state.Policy.FactMemory);

    private static Tie? Renew(Tie tie, IVotes votes, ScoringPolicy policy, long now) =>
        tie.IsForgottenAt(now, policy) ? null
        : tie.IsDormant ? tie
        : tie with { Vote = votes.Of(tie.Actor) };

    /// <summary>The people kept by name as they are under some votes, heaviest first.</summary>
    internal static System.Collections.Immutable.ImmutableArray<Person> PeopleUnder(AccountState state, IVotes votes, long now) =>
        TopPeople.Sort(
            state
                .KeptPeople.Where(p => p.Last >= now - state.Policy.TieSilence)
                .Select(p => p with { Vote = votes.Of(state.Keys.KeyOf(p.Account)) }),
            state.Policy
        );

    private static ProfileLink? RenewLink(AccountState state, IVotes votes, long now) =>
        state.Link?.With(votes, state.Keys, p => p.Last >= now - state.Policy.TieSilence);

    internal static AccountState Record(this AccountState state, long now)
    {
        var day = Ledger.DayOf(Math.Max(now, state.Totals.AsOf));
        if (!state.History.Days.IsEmpty)
            day = Math.Max(day, state.History.Days[^1].Day);
        return state with
        {
            History = state.History.With(DayTotals.Of(day, state.Totals, state.Policy)),
            Link = state.Link?.Record(day, state.Policy),
        };
    }

    private static AccountState Forget(AccountState state, long now)
    {
        var (edge, pages, undone) = (now - state.Policy.FactMemory, 0, new List<PageEdit<UndoneEntry>>());
        foreach (var page in state.Undone.Pages)
        {
            var before = undone.Count;
            for (var i = 0; i < page.Count; i++)
                if (page[i] is var entry && entry.At < edge)
                    undone.Add(PageEdit<UndoneEntry>.Take(entry));
            // A large import's lines run out on one day: the rest is for the next settlement, so that it fits a transaction.
            if (undone.Count > before && ++pages == MostPagesForgotten)
                break;
        }

        return ForgetDays(state, now) with
        {
            Undone = state.Undone.Edit(CollectionsMarshal.AsSpan(undone)),
        };
    }
}

/// <summary>What a settlement's votes alone do to V_people: ln(after / before) over the ties that stay.</summary>
internal struct MovedVotes(AccountState state)
{
    private double kept = state.Totals.Influence;
    private double moved;

    public void Add(Tie before, Tie? after)
    {
        if (before.IsDormant)
            return;
        var weight = before.WeightAt(state.Totals.AsOf, state.Policy);
        if (after is { } tie)
            moved += ((double)tie.Vote - before.Vote) * weight;
        else
            kept -= before.Vote * weight;
    }

    /// <summary><see cref="Totals.Settled"/> after it.</summary>
    public readonly double Settled =>
        moved != 0 && kept > 0 && kept + moved > 0 ? state.Totals.Settled + Math.Log((kept + moved) / kept) : state.Totals.Settled;
}
