using System.Collections.Immutable;

namespace Influence.Scoring.Styles;

/// <summary>What the actors of a range of keys did, packed: a page of activity, or the row of one message.</summary>
/// <remarks>
/// Layout 1, behind the header of all pages (<see cref="PageHeader"/>: the first key of the range, and how many of its leading bits name
/// it): the latest day (i32), the topics (count, texts), then the actors in key order. Of each: its key (u64); how many days, doubled,
/// plus 1 where a name follows; for each day its distance from the latest, a bit for each kind and one for topics, the counts, the topics
/// by place; whom it engaged, key (u32) and distance of the day; name and moment. Numbers are LEB128. Texts of actors' ids are not in it.
/// </remarks>
public static class ActivityPage
{
    /// <summary>Most leading bits that name a page.</summary>
    public const int MaxBits = 24;

    private const byte Kind = 17;
    private const byte Version = 1;
    private const string What = "page of activity";
    private const int HasTopics = 1 << ActivityCounts.Kinds;

    // As far as moments of 32 bits reach.
    private const uint MostDays = uint.MaxValue / (uint)ScoringPolicy.Day;

    /// <summary>Packs what actors did.</summary>
    /// <param name="actors">By key, in any order.</param>
    /// <param name="index">Which page: the leading bits of the keys.</param>
    /// <param name="bits">How many bits those are; 0 where there is one page.</param>
    public static byte[] Pack(IEnumerable<KeyValuePair<ulong, Activity>> actors, uint index = 0, int bits = 0)
    {
        KeyValuePair<ulong, Activity>[] sorted = [.. actors.OrderBy(a => a.Key)];
        var (to, latest) = (new ByteWriter(), sorted.Max(a => LatestOf(a.Value)));
        var topics = sorted.SelectMany(a => a.Value.Days).SelectMany(d => d.Topics).Select(t => t.Topic);
        string[] texts = [.. topics.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        to.Int(latest);
        to.Var((uint)texts.Length);
        foreach (var text in texts)
            to.Text(text);
        var places = texts.Index().ToDictionary(t => t.Item, t => (uint)t.Index, StringComparer.Ordinal);
        foreach (var (actor, activity) in sorted)
            Write(to, actor, activity, latest, places);
        var packed = to.ToArray(PageHeader.Size);
        var start = FirstKeyOf(index, bits);
        new PageHeader(Kind, Version, (byte)bits, sorted.Length, start, 0).Seal(packed, start);
        return packed;
    }

    /// <summary>Reads what <see cref="Pack"/> packed, ascending by key.</summary>
    /// <param name="packed">The bytes.</param>
    /// <param name="index">Which page they are to be.</param>
    /// <param name="bits">Of how many leading bits.</param>
    /// <exception cref="PageCorruptException">They are not that page.</exception>
    public static List<KeyValuePair<ulong, Activity>> Read(ReadOnlySpan<byte> packed, uint index = 0, int bits = 0)
    {
        var start = FirstKeyOf(index, bits);
        var header = PageHeader.Open(packed, start, Kind, What);
        var from = new ByteReader(packed[PageHeader.Size..], What);
        if (header.Version != Version)
            throw from.Corrupt($"its layout {header.Version} is not known here");
        if (header.Start != start || header.Splits != bits || header.Count < 0 || header.Count > packed.Length)
            throw from.Corrupt("it is another page");
        var latest = from.Int();
        if (latest < 0 || latest > MostDays)
            throw from.Corrupt("its day is none");
        var topics = new string[from.Var((uint)packed.Length)];
        for (var i = 0; i < topics.Length; i++)
            topics[i] = from.Text();
        var actors = new List<KeyValuePair<ulong, Activity>>(header.Count);
        for (var i = 0; i < header.Count; i++)
        {
            var key = from.ULong();
            if (i > 0 && key <= actors[^1].Key)
                throw from.Corrupt("its actors are out of order");
            actors.Add(new(key, ReadActivity(ref from, latest, topics)));
        }

        return from.IsAtEnd ? actors : throw from.Corrupt("bytes are left at its end");
    }

    /// <summary>The page that an actor's key lies on.</summary>
    public static uint IndexOf(ulong actor, int bits) => bits == 0 ? 0 : (uint)(actor >> (64 - bits));

    private static ulong FirstKeyOf(uint index, int bits) => bits == 0 ? 0 : (ulong)index << (64 - bits);

    private static int LatestOf(Activity activity) =>
        Math.Max(activity.Days.IsEmpty ? 0 : activity.Days[^1].Day, activity.Targets.IsEmpty ? 0 : activity.Targets.Max(t => t.Day));

    private static void Write(ByteWriter to, ulong actor, Activity activity, int latest, Dictionary<string, uint> places)
    {
        to.ULong(actor);
        to.Var(((uint)activity.Days.Length * 2) + (activity.Name is null ? 0u : 1u));
        foreach (var day in activity.Days)
        {
            to.Var((uint)(latest - day.Day));
            var mask = day.Topics.IsEmpty ? 0 : HasTopics;
            for (var kind = 0; kind < ActivityCounts.Kinds; kind++)
                mask |= day.Counts.Of(kind) > 0 ? 1 << kind : 0;
            to.Byte((byte)mask);
            for (var kind = 0; kind < ActivityCounts.Kinds; kind++)
                if (day.Counts.Of(kind) is var count and > 0)
                    to.Var(count);
            if (!day.Topics.IsEmpty)
                to.Var((uint)day.Topics.Length);
            foreach (var topic in day.Topics)
            {
                to.Var(places[topic.Topic]);
                to.Var(topic.Count);
            }
        }

        to.Var((uint)activity.Targets.Length);
        foreach (var target in activity.Targets)
        {
            to.UInt(target.Key);
            to.Var((uint)(latest - target.Day));
        }

        if (activity.Name is not { } name)
            return;
        to.Text(name);
        to.Long(activity.NameAt);
    }

    private static Activity ReadActivity(ref ByteReader from, int latest, string[] topics)
    {
        var head = from.Var(2 * MostDays);
        var days = ImmutableArray.CreateBuilder<ActivityDay>((int)Math.Min(head / 2, 64));
        for (var (i, before) = (0, -1); i < head / 2; i++, before = days[^1].Day)
        {
            var day = latest - (int)from.Var((uint)latest);
            if (day <= before)
                throw from.Corrupt("its days are out of order");
            var mask = from.Byte();
            if (mask >= 2 * HasTopics)
                throw from.Corrupt("its kinds are none");
            var counts = ReadCounts(ref from, mask);
            days.Add(new(day, counts, (mask & HasTopics) == 0 ? [] : ReadTopics(ref from, topics)));
        }

        var targets = new ActivityTarget[from.Var(Activity.MaxTargets)];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = new(from.UInt(), latest - (int)from.Var((uint)latest));
            if (i > 0 && targets[i].Key <= targets[i - 1].Key)
                throw from.Corrupt("whom it engaged is out of order");
        }

        return (head & 1) == 0
            ? new(days.DrainToImmutable(), [.. targets])
            : new(days.DrainToImmutable(), [.. targets], from.Text(), from.Long());
    }

    private static ActivityCounts ReadCounts(ref ByteReader from, byte mask) =>
        new(
            Next(ref from, mask, 0),
            Next(ref from, mask, 1),
            Next(ref from, mask, 2),
            Next(ref from, mask, 3),
            Next(ref from, mask, 4),
            Next(ref from, mask, 5)
        );

    private static uint Next(ref ByteReader from, byte mask, int kind) =>
        (mask & (1 << kind)) == 0 ? 0
        : from.Var() is var count and > 0 ? count
        : throw from.Corrupt("a count is 0");

    private static ImmutableArray<TopicCount> ReadTopics(ref ByteReader from, string[] topics)
    {
        var read = new TopicCount[from.Var((uint)topics.Length)];
        for (var (i, before) = (0, -1); i < read.Length; i++)
        {
            var place = (int)from.Var((uint)topics.Length - 1);
            if (place <= before)
                throw from.Corrupt("its topics are out of order");
            read[i] = new(topics[before = place], from.Var() is var count and > 0 ? count : throw from.Corrupt("a count is 0"));
        }

        return [.. read];
    }
}
