using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Influence.Scoring.State;

/// <summary>The summary's layout 5: all that a score card needs, and the names of all pages.</summary>
/// <remarks>
/// Policy, standing, name, totals, shares by type, topic and community, people, people by day, history, the profile's link, the change of
/// policy, the pages (<see cref="PageListCodec"/>), the day since which the ledger is whole, and what the last settlement measured
/// (<see cref="MeasuresCodec"/>). Older layouts were never released.
/// </remarks>
internal static class SummaryCodec
{
    private const byte Kind = 16;
    private const byte Version = 5;
    private const string What = "summary";

    public static byte[] Pack(AccountState state)
    {
        var to = new ByteWriter();
        to.Int(state.Policy.Version);
        to.Int((int)state.Standing);
        WriteName(to, state.Name, state.NameAt);
        WriteTotals(to, state.Totals);
        WriteShares(to, state.Shares);
        WritePeople(to, state.KeptPeople);
        PeopleByDayCodec.Write(to, state.PeopleByDay);
        WriteHistory(to, state.History);
        ProfileCodec.Write(to, state);
        PageListCodec.Write(to, state.Ties);
        PageListCodec.Write(to, state.Undone);
        to.Int(state.Ledger.Days.Count);
        foreach (var (day, pages) in state.Ledger.Days)
        {
            to.Int(day);
            PageListCodec.Write(to, pages);
        }

        to.Int(state.Ledger.Since);
        MeasuresCodec.Write(to, state);
        var packed = to.ToArray(PageHeader.Size);
        new PageHeader(Kind, Version, 0, 0, 0, 0).Seal(packed, state.Key);
        return packed;
    }

    public static AccountState Read(ReadOnlySpan<byte> packed, AccountId account, KeyHasher keys)
    {
        var header = PageHeader.Open(packed, keys.KeyOf(account), Kind, What);
        if (header.Version != Version)
            throw new PageCorruptException(What, $"its layout {header.Version} is not known here");
        var from = new ByteReader(packed[PageHeader.Size..], What);
        var version = from.Int();
        var policy = ScoringPolicy.Find(version) ?? throw from.Corrupt($"its policy {version} is not known here");
        var state = new AccountState(account, policy, keys)
        {
            Standing = ReadStanding(ref from),
            Name = ReadName(ref from, out var nameAt),
            NameAt = nameAt,
            Totals = ReadTotals(ref from),
            Shares = ReadShares(ref from),
            KeptPeople = ReadPeople(ref from),
            PeopleByDay = PeopleByDayCodec.Read(ref from),
            History = ReadHistory(ref from),
        };
        state = ProfileCodec.Read(ref from, state) with
        {
            Ties = PageListCodec.Read<Tie>(ref from),
            Undone = PageListCodec.Read<UndoneEntry>(ref from),
            Ledger = ReadLedger(ref from),
        };
        // Absent in what was written before there were any.
        if (!from.IsAtEnd)
            state = MeasuresCodec.Read(ref from, state);
        return from.IsAtEnd ? state : throw from.Corrupt("bytes are left at its end");
    }

    // Two bytes where there is none.
    private static void WriteName(ByteWriter to, string? name, long at)
    {
        to.Text(name ?? "");
        if (name is not null)
            to.Long(at);
    }

    private static string? ReadName(ref ByteReader from, out long at)
    {
        at = 0;
        var name = from.Text();
        if (name.Length == 0)
            return null;
        at = from.Long();
        return DisplayName.Refuse("name", name) is null ? name : throw from.Corrupt("a name is none");
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
        to.Double(totals.Settled);
    }

    private static Totals ReadTotals(ref ByteReader from) =>
        new(from.Long(), from.Long(), from.Sum(), from.Sum(), from.Sum(), from.Sum(), from.Sum(), from.Long(), from.Long())
        {
            Settled = from.Finite(),
        };

    private static Standing ReadStanding(ref ByteReader from)
    {
        var standing = (Standing)from.Int();
        return Enum.IsDefined(standing) ? standing : throw from.Corrupt("its standing is none");
    }

    // A bit for each type that is there: most accounts know two or three.
    private static void WriteShares(ByteWriter to, PeopleShares shares)
    {
        var types = 0;
        for (var type = 0; type < PeopleShares.Types; type++)
            types |= shares.ByType[type] > 0 ? 1 << type : 0;
        to.Int(types);
        foreach (var part in shares.ByType.Where(p => p > 0))
            to.Float((float)part);
        WriteNames(to, shares.Topics);
        WriteNames(to, shares.Communities);
    }

    private static PeopleShares ReadShares(ref ByteReader from)
    {
        var types = from.Int();
        if (types is < 0 or >= 1 << PeopleShares.Types)
            throw from.Corrupt("its types are none");
        var byType = new double[PeopleShares.Types];
        for (var type = 0; type < byType.Length; type++)
            byType[type] = (types & (1 << type)) != 0 ? from.FloatSum() : 0;
        var (topics, communities) = (ReadNames(ref from), ReadNames(ref from));
        return types == 0 && topics.IsEmpty && communities.IsEmpty
            ? PeopleShares.None
            : new PeopleShares(ImmutableCollectionsMarshal.AsImmutableArray(byType), topics, communities);
    }

    private static void WriteNames(ByteWriter to, ImmutableSortedDictionary<string, double> parts)
    {
        to.Int(parts.Count);
        foreach (var (name, part) in parts)
        {
            to.Text(name);
            to.Float((float)part);
        }
    }

    private static ImmutableSortedDictionary<string, double> ReadNames(ref ByteReader from)
    {
        var count = from.Count(PeopleShares.Kept);
        if (count == 0)
            return PeopleShares.NoNames;
        var parts = PeopleShares.NoNames.ToBuilder();
        for (var i = 0; i < count; i++)
            if (!parts.TryAdd(from.Text(), from.FloatSum()))
                throw from.Corrupt("a name stands twice");
        return parts.ToImmutable();
    }

    internal static void WritePeople(ByteWriter to, ImmutableArray<Person> people)
    {
        to.Int(people.Length);
        foreach (var person in people)
        {
            to.Text(person.Account.Value);
            to.Double(person.Points);
            to.Long(person.Last);
            to.Float(person.Vote);
            WriteName(to, person.Name, person.NameAt);
        }
    }

    internal static ImmutableArray<Person> ReadPeople(ref ByteReader from)
    {
        var people = new Person[from.Count(TopPeople.Kept)];
        var known = new HashSet<AccountId>(people.Length);
        for (var i = 0; i < people.Length; i++)
        {
            if (!AccountId.TryParse(from.Text(), out var account) || !known.Add(account))
                throw from.Corrupt("a person's name is no account, or stands twice");
            people[i] = new Person(account, from.Sum(), from.Long(), from.FloatSum())
            {
                Name = ReadName(ref from, out var nameAt),
                NameAt = nameAt,
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(people);
    }

    internal static void WriteHistory(ByteWriter to, History history)
    {
        to.Int(history.Days.Length);
        foreach (var day in history.Days)
        {
            to.Int(day.Day);
            to.Float(day.Reach);
            to.Float(day.Engagement);
            to.Float(day.People);
            to.Float(day.Audience);
            to.Float(day.Settled);
        }
    }

    internal static History ReadHistory(ref ByteReader from)
    {
        var days = new DayTotals[from.Count(History.Window + 1)];
        for (var (i, day) = (0, -1); i < days.Length; i++)
        {
            day = from.DayAfter(day);
            days[i] = new DayTotals(day, from.FloatSum(), from.FloatSum(), from.FloatSum(), from.FloatSum())
            {
                Settled = from.FiniteFloat(),
            };
        }

        return new History(ImmutableCollectionsMarshal.AsImmutableArray(days));
    }

    private static Ledger ReadLedger(ref ByteReader from)
    {
        var count = from.Count();
        var days = ImmutableSortedDictionary.CreateBuilder<int, PageSet<LedgerEntry>>();
        for (var (i, day) = (0, -1); i < count; i++)
        {
            var pages = days[day = from.DayAfter(day)] = PageListCodec.Read<LedgerEntry>(ref from);
            if (pages.IsEmpty)
                throw from.Corrupt("a day has no pages");
        }

        return new Ledger(days.ToImmutable(), from.Int());
    }
}
