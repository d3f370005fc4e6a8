namespace Influence.Scoring.Verify;

/// <summary>Holds an account's state against its own facts.</summary>
public static class AccountVerify
{
    /// <summary>
    /// What may differ: absolute for figures up to 1, relative beyond. Sums of the same terms in another order differ by far less.
    /// </summary>
    public const double Tolerance = 1e-6;

    /// <summary>Rebuilds an account's figures from its ledger and compares them with those stored. Pure.</summary>
    /// <remarks>
    /// Ties (each with its stored vote), sums and the people known by name, without what was taken back. What the ledger no longer
    /// reaches stays as stored (<see cref="Verification.Older"/>); followers and past days have no facts to be held against, shares are
    /// those of the last settlement, and a person missing by name cannot be named again.
    /// </remarks>
    /// <param name="state">The state, every page loaded.</param>
    /// <param name="now">Now, Unix seconds.</param>
    /// <param name="tolerance">What may differ, 0 or more.</param>
    /// <exception cref="PageNotLoadedException">A page is not loaded.</exception>
    public static Verification Verify(AccountState state, long now, double tolerance = Tolerance)
    {
        var drifts = new DriftList(state, now, tolerance);
        var facts = LedgerFacts.Of(state);
        var people = state.KeptPeople.ToDictionary(p => state.Keys.KeyOf(p.Account));
        var check = new TieCheck(drifts, ReachOf(state, now));
        var ties = VoteCheck.Check(TiesOf(state, facts, people, check), state, people, drifts);
        var sums = new TotalsCheck(state, facts, drifts);
        var totals = sums.Check(ties, now);
        var kept = PeopleOf(state, ties, drifts);
        var byDay = PeopleByDay.Of(ties);
        if (!byDay.Days.SequenceEqual(state.PeopleByDay.Days))
            drifts.Add("people by day", state.PeopleByDay.Since(0), byDay.Since(0));
        if (facts.Undone.Count > 0)
            drifts.Add("ledger", facts.Interactions + facts.Undone.Count, facts.Interactions);
        var older = sums.Older(totals, check.Older);
        if (drifts.IsEmpty)
            return new Verification(state, [], older);
        var repaired = state with
        {
            Totals = totals,
            KeptPeople = kept,
            PeopleByDay = byDay,
            Link = ties.Aggregate(state.Link, (link, tie) => Renewed(link, tie, state)),
            Ties = Replace(state.Ties, ties),
            Ledger = Without(state.Ledger, facts.Undone),
        };
        return new Verification(totals.AsOf > 0 ? repaired.Record(totals.AsOf) : repaired, drifts.ToDrifts(), older);
    }

    // An undo dates what is left of an older tie at the edge of the window, which has moved on since the ledger was last cut.
    private static long ReachOf(AccountState state, long now) =>
        state.Ledger.Since == 0
            ? 0
            : Math.Max(state.Ledger.Since * ScoringPolicy.Day, now - state.Policy.FactWindow + state.Policy.FutureSlack);

    private static List<Tie> TiesOf(AccountState state, LedgerFacts facts, Dictionary<ulong, Person> people, TieCheck check)
    {
        var stored = state.Ties.Records().ToDictionary(t => t.Actor);
        var ties = new List<Tie>(stored.Count);
        foreach (var actor in stored.Keys.Union(facts.Actors.Keys).Order())
        {
            var (person, name) = people.TryGetValue(actor, out var known) ? (known, known.Account.Value) : (default, $"{actor:x16}");
            Tie? before = stored.TryGetValue(actor, out var tie) ? tie : null;
            FadingPoints? points = facts.Actors.TryGetValue(actor, out var sum) ? sum : null;
            // A newcomer's vote where nobody remembers another; the next settlement knows.
            if (check.Check(before, points, actor, person.Points > 0 ? person.Vote : 1, name) is { } sound)
                ties.Add(sound);
        }

        return ties;
    }

    private static System.Collections.Immutable.ImmutableArray<Person> PeopleOf(AccountState state, List<Tie> ties, DriftList drifts)
    {
        var byActor = ties.ToDictionary(t => t.Actor);
        var people = new List<Person>(state.KeptPeople.Length);
        foreach (var person in state.KeptPeople)
        {
            var known = byActor.TryGetValue(state.Keys.KeyOf(person.Account), out var tie);
            if (drifts.Differ(person.Points, tie.Points) || person.Last != tie.Last || drifts.Differ(person.Vote, tie.Vote))
                drifts.Add(
                    $"person {person.Account}",
                    person.TieAt(state.Totals.AsOf, state.Policy),
                    known ? Of(person, tie).TieAt(state.Totals.AsOf, state.Policy) : 0
                );
            if (known)
                people.Add(Of(person, tie));
        }

        return TopPeople.Sort(people, state.Policy);
    }

    private static ProfileLink? Renewed(ProfileLink? link, Tie tie, AccountState state) =>
        link?.IsFellow(tie.Actor) == true ? link.With(link.Accounts.First(a => state.Keys.KeyOf(a) == tie.Actor), tie) : link;

    private static Person Of(Person person, Tie tie) => person with { Points = tie.Points, Last = tie.Last, Vote = tie.Vote };

    private static PageSet<Tie> Replace(PageSet<Tie> stored, List<Tie> ties)
    {
        var (before, after) = (stored.Records().ToDictionary(t => t.Actor), ties.ToDictionary(t => t.Actor));
        PageEdit<Tie>[] edits =
        [
            .. before.Values.Where(t => !after.ContainsKey(t.Actor)).Select(PageEdit<Tie>.Take),
            .. ties.Where(t => !before.TryGetValue(t.Actor, out var old) || old != t).Select(PageEdit<Tie>.Put),
        ];
        return stored.Edit(edits.OrderBy(e => e.Record.Key).ToArray());
    }

    private static Ledger Without(Ledger ledger, List<LedgerEntry> entries) =>
        entries
            .GroupBy(e => Ledger.DayOf(e.At))
            .Aggregate(
                ledger,
                (book, day) =>
                    book.With(day.Key, book.On(day.Key).Edit(day.OrderBy(e => e.Key).Select(PageEdit<LedgerEntry>.Take).ToArray()))
            );
}
