namespace Influence.Scoring.Update;

/// <summary>A state while a batch is being applied to it.</summary>
internal sealed class AccountDraft(AccountState state)
{
    public ScoringPolicy Policy => state.Policy;

    public KeyHasher Keys => state.Keys;

    public Totals Totals { get; set; } = state.Totals;

    /// <summary>How the account is shown, as far as known.</summary>
    public (string? Text, long At) Name { get; set; } = (state.Name, state.NameAt);

    public PeopleTally People { get; } = new(state.KeptPeople, state.Policy, state.Keys);

    public PageSet<Tie> Ties { get; set; } = state.Ties;

    public Ledger Ledger { get; set; } = state.Ledger;

    public PageSet<UndoneEntry> Undone { get; set; } = state.Undone;

    private History history = state.History;
    private ProfileLink? link = state.Link;
    private PeopleByDayTally peopleByDay = new(state.PeopleByDay);

    /// <summary>Moves all sums to a later moment; an earlier one leaves them.</summary>
    public void FadeTo(long moment) => Totals = Totals.FadedTo(moment, Policy);

    /// <summary>Points of a type at a moment, as of the totals' moment.</summary>
    public double FadedPoints(InteractionType type, long at) => Policy.PointsOf(type) * Policy.Fade(Totals.AsOf - at);

    /// <summary>Replaces one tie in the sums and among the people known by name.</summary>
    public void ReplaceTie(AccountId actor, Tie? before, Tie? after)
    {
        Totals = Totals.WithTie(before, after, Policy);
        peopleByDay.Move(before, after);
        if (link is not null && link.IsFellow(state.Keys.KeyOf(actor)))
            link = link.With(actor, after);
        if (after is { IsDormant: false } tie)
            People.Put(actor, tie);
        else
            People.Remove(state.Keys.KeyOf(actor));
    }

    /// <summary>Writes the sums into the day they are of.</summary>
    /// <remarks>After every day of facts, so that a backlog shows when it happened.</remarks>
    public void RecordDay()
    {
        if (Totals.AsOf == 0)
            return;
        var day = Ledger.DayOf(Totals.AsOf);
        if (!history.Days.IsEmpty)
            day = Math.Max(day, history.Days[^1].Day);
        history = history.With(DayTotals.Of(day, Totals, Policy));
        link = link?.Record(day, Policy);
    }

    /// <summary>The state before with other names, and nothing else.</summary>
    public AccountState ToRenamed() => state with { Name = Name.Text, NameAt = Name.At, KeptPeople = People.ToPeople() };

    public AccountState ToState()
    {
        RecordDay();
        return state with
        {
            Name = Name.Text,
            NameAt = Name.At,
            Totals = Totals,
            History = history,
            Link = link,
            PeopleByDay = peopleByDay.ToDays(),
            KeptPeople = People.ToPeople(),
            Ties = Ties,
            Ledger = Ledger,
            Undone = Undone,
        };
    }
}
