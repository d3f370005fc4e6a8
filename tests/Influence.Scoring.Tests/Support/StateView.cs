namespace Influence.Scoring.Tests.Support;

/// <summary>Everything a state says at one moment, to compare two states by.</summary>
internal static class StateView
{
    public const double Tolerance = 1e-9;

    public static void AssertSame(AccountState expected, AccountState actual, long at)
    {
        Close(expected.ScoreAt(at).Value, actual.ScoreAt(at).Value, "score");
        var (a, b) = (expected.InputsAt(at), actual.InputsAt(at));
        Close(a.Reach, b.Reach, "reach");
        Close(a.Engagement, b.Engagement, "engagement");
        Close(a.People, b.People, "people's influence");
        Close(a.Audience, b.Audience, "audience");
        Assert.Equal(expected.Totals.People, actual.Totals.People);
        Assert.Equal(expected.Totals.Interactions, actual.Totals.Interactions);
        Assert.Equal(expected.ActiveDays, actual.ActiveDays);
        Assert.InRange(PeopleShares.Of(expected, null, at).DifferenceFrom(PeopleShares.Of(actual, null, at)), 0, Tolerance);
        SameTies(expected, actual);
        Assert.Equal(Entries(expected), Entries(actual));
        Assert.Equal(expected.TopPeople.Select(p => (p.Account, p.Last)), actual.TopPeople.Select(p => (p.Account, p.Last)));
    }

    public static List<LedgerEntry> Entries(AccountState state) =>
        [.. state.Ledger.Days.SelectMany(d => d.Value.Records()).OrderBy(e => (e.At, e.Key))];

    public static List<Tie> Ties(AccountState state) => [.. state.Ties.Records()];

    public static IEnumerable<T> Records<T>(PackedPage<T> page)
        where T : struct, IRecord<T> => Enumerable.Range(0, page.Count).Select(i => page[i]);

    public static void Close(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * (1 + Math.Abs(expected)), $"{what}: {expected:R} became {actual:R}");

    private static void SameTies(AccountState expected, AccountState actual)
    {
        var (a, b) = (Ties(expected), Ties(actual));
        Assert.Equal(a.Select(t => (t.Actor, t.Last, t.Vote)), b.Select(t => (t.Actor, t.Last, t.Vote)));
        foreach (var (one, other) in a.Zip(b))
            Close(one.Points, other.Points, "points of a tie");
    }
}
