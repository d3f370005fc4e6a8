using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Influence.Scoring.State;

/// <summary>The summary's layout 3: all that a score card needs, and the names of all pages.</summary>
/// <remarks>
/// Policy, totals, points by type, topics, communities, people, history, the pages (<see cref="PageListCodec"/>), and the day since which
/// the ledger is whole. Layout 2 kept only the depths of pages; layout 1 also lacked that day: nothing had been forgotten yet.
/// </remarks>
internal static class SummaryCodec
{
    private const byte Kind = 16;
    private const byte Version = 3;
    private const string What = "summary";

    public static byte[] Pack(AccountState state)
    {
        var to = new ByteWriter();
        to.Int(state.Policy.Version);
        WriteTotals(to, state.Totals);
        foreach (var points in state.Received.ByType)
            to.Double(points);
        WriteHitters(to, state.Received.Topics);
        WriteHitters(to, state.Received.Communities);
        WritePeople(to, state.KeptPeople);
        WriteHistory(to, state.History);
        PageListCodec.Write(to, state.Ties);
        PageListCodec.Write(to, state.Undone);
        to.Int(state.Ledger.Days.Count);
        foreach (var (day, pages) in state.Ledger.Days)
        {
            to.Int(day);
            PageListCodec.Write(to, pages);
        }

        to.Int(state.Ledger.Since);
        var packed = to.ToArray(PageHeader.Size);
        new PageHeader(Kind, Version, 0, 0, 0, 0).Seal(packed, state.Key);
        return packed;
    }

    public static AccountState Read(ReadOnlySpan<byte> packed, AccountId account, KeyHasher keys)
    {
        var header = PageHeader.Open(packed, keys.KeyOf(account), Kind, What);
        if (header.Version is not (1 or 2 or Version))
            throw new PageCorruptException(What, $"its layout {header.Version} is not known here");
        var from = new ByteReader(packed[PageHeader.Size..], What);
        var version = from.Int();
        var policy = ScoringPolicy.Find(version) ?? throw from.Corrupt($"its policy {version} is not known here");
        var state = new AccountState(account, policy, keys)
        {
            Totals = ReadTotals(ref from),
            Received = ReadReceived(ref from),
            KeptPeople = ReadPeople(ref from),
            History = ReadHistory(ref from),
            Ties = ReadPages<Tie>(ref from, header.Version),
            Undone = ReadPages<UndoneEntry>(ref from, header.Version),
            Ledger = ReadLedger(ref from, header.Version),
        };
        return from.IsAtEnd ? state : throw from.Corrupt("bytes are left at its end");
    }

    private static void WriteTotals(ByteWriter to, Totals totals)
    {
        to.Long(totals.AsOf);
        to.Long(totals.People);
        to.Double(totals.Reach);
        to.Double(totals.Engagement);
        to.Double(totals.Influence);
        to.Double(totals.Counted);
        to.Double(totals.Followers);
        to.Long(totals.FollowersAt);
        to.Long(totals.Interactions);
    }

    private static Totals ReadTotals(ref ByteReader from) =>
        new(from.Long(), from.Long(), from.Sum(), from.Sum(), from.Sum(), from.Sum(), from.Sum(), from.Long(), from.Long());

    private static PointsReceived ReadReceived(ref ByteReader from)
    {
        var byType = new double[PointsReceived.Types];
        for (var i = 0; i < byType.Length; i++)
            byType[i] = from.Sum();
        return new PointsReceived(ImmutableCollectionsMarshal.AsImmutableArray(byType), ReadHitters(ref from), ReadHitters(ref from));
    }

    private static void WriteHitters(ByteWriter to, HeavyHitters hitters)
    {
        to.Int(hitters.Points.Count);
        foreach (var (name, points) in hitters.Points)
        {
            to.Text(name);
            to.Double(points);
        }
    }

    private static HeavyHitters ReadHitters(ref ByteReader from)
    {
        var count = from.Count(HeavyHitters.Capacity);
        if (count == 0)
            return HeavyHitters.Empty;
        var points = new Dictionary<string, double>(count);
        for (var i = 0; i < count; i++)
            if (!points.TryAdd(from.Text(), from.Sum()))
                throw from.Corrupt("a name stands twice");
        return HeavyHitters.Of(points);
    }

    private static void WritePeople(ByteWriter to, ImmutableArray<Person> people)
    {
        to.Int(people.Length);
        foreach (var person in people)
        {
            to.Text(person.Account.Value);
            to.Double(person.Points);
            to.Long(person.Last);
            to.Float(person.Vote);
        }
    }

    private static ImmutableArray<Person> ReadPeople(ref ByteReader from)
    {
        var people = new Person[from.Count(TopPeople.Kept)];
        var known = new HashSet<AccountId>(people.Length);
        for (var i = 0; i < people.Length; i++)
        {
            if (!AccountId.TryParse(from.Text(), out var account) || !known.Add(account))
                throw from.Corrupt("a person's name is no account, or stands twice");
            people[i] = new Person(account, from.Sum(), from.Long(), from.FloatSum());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(people);
    }

    private static void WriteHistory(ByteWriter to, History history)
    {
        to.Int(history.Days.Length);
        foreach (var day in history.Days)
        {
            to.Int(day.Day);
            to.Float(day.Reach);
            to.Float(day.Engagement);
            to.Float(day.People);
            to.Float(day.Audience);
        }
    }

    private static History ReadHistory(ref ByteReader from)
    {
        var days = new DayTotals[from.Count(History.Window)];
        for (var (i, day) = (0, -1); i < days.Length; i++)
        {
            day = from.DayAfter(day);
            days[i] = new DayTotals(day, from.FloatSum(), from.FloatSum(), from.FloatSum(), from.FloatSum());
        }

        return new History(ImmutableCollectionsMarshal.AsImmutableArray(days));
    }

    private static PageSet<T> ReadPages<T>(ref ByteReader from, byte version)
        where T : struct, IRecord<T> => version < 3 ? PageListCodec.ReadDepths<T>(ref from) : PageListCodec.Read<T>(ref from);

    private static Ledger ReadLedger(ref ByteReader from, byte version)
    {
        var count = from.Count();
        var days = ImmutableSortedDictionary.CreateBuilder<int, PageSet<LedgerEntry>>();
        for (var (i, day) = (0, -1); i < count; i++)
        {
            var pages = days[day = from.DayAfter(day)] = ReadPages<LedgerEntry>(ref from, version);
            if (pages.IsEmpty)
                throw from.Corrupt("a day has no pages");
        }

        return new Ledger(days.ToImmutable(), version == 1 ? 0 : from.Int());
    }
}
