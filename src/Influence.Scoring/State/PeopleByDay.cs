using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>How many people were last heard of on each day (UTC), oldest first. Immutable.</summary>
/// <remarks>Of every tie that counts its last day: so it says how many people engaged since any day, exactly, also after an undo.</remarks>
internal sealed class PeopleByDay(ImmutableArray<(int Day, int People)> days)
{
    public static PeopleByDay None { get; } = new([]);

    public ImmutableArray<(int Day, int People)> Days => days;

    public static PeopleByDay Of(IEnumerable<Tie> ties)
    {
        var tally = new PeopleByDayTally(None);
        foreach (var tie in ties)
            tally.Move(null, tie);
        return tally.ToDays();
    }

    /// <summary>How many were heard of on a day or later.</summary>
    public int Since(int day)
    {
        var people = 0;
        for (var i = days.Length - 1; i >= 0 && days[i].Day >= day; i--)
            people += days[i].People;
        return people;
    }
}

/// <summary><see cref="PeopleByDay"/> while ties change.</summary>
internal struct PeopleByDayTally(PeopleByDay start)
{
    private List<(int Day, int People)>? changed;

    public void Move(Tie? before, Tie? after)
    {
        var (from, to) = (DayOf(before), DayOf(after));
        if (from == to)
            return;
        changed ??= [.. start.Days];
        if (from is { } left)
            Add(left, -1);
        if (to is { } entered)
            Add(entered, 1);
    }

    public readonly PeopleByDay ToDays() => changed is null ? start : new([.. changed]);

    // Mostly the last day, or one near it.
    private readonly void Add(int day, int people)
    {
        var at = changed!.Count;
        while (at > 0 && changed[at - 1].Day >= day)
            at--;
        if (at == changed.Count || changed[at].Day != day)
            changed.Insert(at, (day, people));
        else if (changed[at].People + people == 0)
            changed.RemoveAt(at);
        else
            changed[at] = (day, changed[at].People + people);
    }

    private static int? DayOf(Tie? tie) => tie is { IsDormant: false } counting ? Ledger.DayOf(counting.Last) : null;
}
