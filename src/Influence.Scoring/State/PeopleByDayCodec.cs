using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary><see cref="PeopleByDay"/> inside a summary: a count (i32), then for each day the day (i32) and its people (i32).</summary>
internal static class PeopleByDayCodec
{
    public static void Write(ByteWriter to, PeopleByDay people)
    {
        to.Int(people.Days.Length);
        foreach (var (day, count) in people.Days)
        {
            to.Int(day);
            to.Int(count);
        }
    }

    /// <exception cref="PageCorruptException">They are not what was written.</exception>
    public static PeopleByDay Read(ref ByteReader from)
    {
        var count = from.Count();
        if (count == 0)
            return PeopleByDay.None;
        var days = ImmutableArray.CreateBuilder<(int, int)>(count);
        for (var (i, day) = (0, -1); i < count; i++)
        {
            day = from.DayAfter(day);
            days.Add((day, from.Int() is > 0 and var people ? people : throw from.Corrupt("a day has no people")));
        }

        return new PeopleByDay(days.MoveToImmutable());
    }
}
