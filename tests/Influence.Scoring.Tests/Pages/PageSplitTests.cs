using CsCheck;

namespace Influence.Scoring.Tests.Pages;

/// <summary>However a set came to be: no page is empty, each fits, and its name says where a record is.</summary>
public sealed class PageSplitTests
{
    /// <summary>Most bytes of a table property.</summary>
    private const int MaxProperty = 64 * 1024;

    [Fact]
    public void Actors_who_each_fill_pages_of_a_day_leave_a_state_that_can_be_stored()
    {
        var state = Scenario.Empty;
        foreach (var actors in Enumerable.Range(0, 1_850).Chunk(50))
            state = AccountUpdate
                .Apply(state, [.. actors.SelectMany(actor => LongFacts($"a{actor}", 40))], VoteTable.AllOne, Scenario.Now)
                .State;
        Assert.Equal(1_850 * 40, StateView.Entries(state).Count);
        // Each of these actors alone made 40 pages once, all but two of them empty.
        Assert.InRange(StatePacking.PagesOf(state).Count(), 1_850, 3 * 1_850);
        Assert.InRange(StatePacking.PackSummary(state).Length, 1, MaxProperty / 2);
        AssertStorable(state);
    }

    [Fact]
    public void No_updates_undos_and_settlements_leave_an_empty_page() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int)
            .Sample(
                (actors, seed) =>
                {
                    var (random, state, done) = (new Random(seed), Scenario.Empty, new List<Interaction>());
                    for (var round = 0; round < 6; round++)
                    {
                        var now = Scenario.Now + (round * 20 * ScoringPolicy.Day);
                        Interaction[] facts =
                        [
                            .. Enumerable
                                .Range(0, random.Next(1, 4))
                                .SelectMany(i => LongFacts($"a{random.Next(actors)}", random.Next(1, 120), now - (i * ScoringPolicy.Day))),
                        ];
                        done.AddRange(facts);
                        Fact[] undos = [.. done.Where(_ => random.Next(3) > 0).Select(i => new Undo(i) { At = now })];
                        state = AccountUpdate.Apply(state, facts, VoteTable.AllOne, now).State;
                        AssertStorable(state);
                        state = AccountUpdate.Apply(state, undos, VoteTable.AllOne, now).State;
                        AssertStorable(state);
                        if (random.Next(2) == 0)
                            state = AccountRecompute.Recompute(state, VoteTable.AllOne, now + (random.Next(200) * ScoringPolicy.Day));
                        AssertStorable(state);
                    }
                },
                iter: 60
            );

    [Fact]
    public void Any_edits_of_keys_that_lie_close_together_keep_a_set_whole() =>
        Gen.Select(Gen.Int[0, 63], Gen.Int)
            .Sample(
                (sharedBits, seed) =>
                {
                    var random = new Random(seed);
                    var (set, model) = (PageSet<LedgerEntry>.Empty, new SortedDictionary<UInt128, LedgerEntry>());
                    for (var round = 0; round < 6; round++)
                    {
                        var edits = Edits(model, sharedBits, random);
                        foreach (var edit in edits)
                            if (edit.Remove)
                                model.Remove(edit.Record.Key);
                            else
                                model[edit.Record.Key] = edit.Record;
                        set = set.Edit(edits);
                        Assert.Equal(model.Values, set.Records());
                        AssertWhole(set);
                    }

                    PageEdit<LedgerEntry>[] all = [.. model.Values.Select(PageEdit<LedgerEntry>.Take)];
                    Assert.True(set.Edit(all).IsEmpty);
                },
                iter: 200
            );

    [Fact]
    public void Facts_that_no_key_tells_apart_stay_in_one_page()
    {
        var at = Scenario.Now;
        LedgerEntry[] same = [.. Enumerable.Range(0, 40).Select(i => new LedgerEntry(7, (ulong)i, at, 1, 0, LongContext($"{i}")))];
        var set = PageSet<LedgerEntry>.Empty.Edit(PageGen.Puts(same));
        var page = Assert.Single(set.Pages.ToArray());
        Assert.InRange(page.PackedSize, PageSplit.MaxBytes + 1, MaxProperty);
        set = set.Edit(
            PageGen.Puts([new LedgerEntry(8, 0, at, 1, 0, FactContext.None), new LedgerEntry(6, 0, at, 1, 0, FactContext.None)])
        );
        Assert.Equal([1, 40, 1], set.Pages.ToArray().Select(p => p.Count));
        AssertWhole(set);
    }

    [Fact]
    public void Evenly_spread_keys_split_in_the_middle_and_are_named_in_two_or_three_bytes()
    {
        var set = PageGen.Ties(60_000, new Random(9));
        AssertWhole(set);
        Assert.All(set.Pages.ToArray(), p => Assert.InRange(p.PackedSize, PageSplit.MaxBytes / 4, PageSplit.MaxBytes));
        var to = new ByteWriter();
        PageListCodec.Write(to, set);
        Assert.InRange(to.ToArray(0).Length, 0, 4 + (4 * set.Pages.Length));
    }

    [Fact]
    public void A_page_that_lost_records_to_a_split_or_took_some_over_is_of_another_moment()
    {
        var set = PageGen.Ties(9_000, new Random(5));
        var (first, second) = (set.Pages[0], set.Pages[1]);
        var unloaded = PageSet<Tie>.Unloaded([.. set.Pages.ToArray().Select(p => (p.Start, p.Splits))]);
        // The second is gone, and the first has taken its keys over.
        var without = set.Edit(PageGen.Takes(StateView.Records(second)));
        Assert.Equal(set.Pages.Length - 1, without.Pages.Length);
        var wider = without.Edit([PageEdit<Tie>.Put(new Tie(second.Start + 1, 1, 1, 1))]);
        Assert.Throws<PageMismatchException>(() => unloaded.With(wider.Pages[0]));
        // The first has split.
        var split = set.Edit(PageGen.Puts(Enumerable.Range(1, 3_000).Select(i => new Tie((ulong)i, 1, 1, 1))));
        Assert.Equal(first.Start, split.Pages[0].Start);
        Assert.Throws<PageMismatchException>(() => unloaded.With(split.Pages[0]));
        // One whose name the state does not have.
        Assert.Throws<PageMismatchException>(() => PageSet<Tie>.Empty.With(first));
        Assert.Equal(StateView.Records(first), StateView.Records(unloaded.With(first).Pages[0]));
    }

    private static PageEdit<LedgerEntry>[] Edits(SortedDictionary<UInt128, LedgerEntry> model, int sharedBits, Random random)
    {
        var prefixes = Enumerable.Range(0, 3).Select(i => (ulong)new Random(i).NextInt64() << 1).ToArray();
        var free = sharedBits == 0 ? ulong.MaxValue : (1UL << (64 - sharedBits)) - 1;
        var fresh = Enumerable
            .Range(0, random.Next(1, 150))
            .Select(i => new LedgerEntry(
                (prefixes[random.Next(3)] & ~free) | ((ulong)random.NextInt64() & free),
                (ulong)random.NextInt64(),
                Scenario.Now,
                (byte)random.Next(1, 9),
                0,
                random.Next(3) == 0 ? FactContext.None : LongContext($"{random.Next(400)}")
            ))
            .Select(PageEdit<LedgerEntry>.Put);
        var less = random.Next(4) == 0 ? 10 : 3;
        var gone = model.Values.Where(_ => random.Next(10) < less).Select(PageEdit<LedgerEntry>.Take);
        return [.. gone.Concat(fresh).DistinctBy(e => e.Record.Key).OrderBy(e => e.Record.Key)];
    }

    private static void AssertWhole<T>(PageSet<T> set)
        where T : struct, IRecord<T>
    {
        var pages = set.Pages.ToArray();
        Assert.Equal(pages.Select(p => p.Start), pages.Select(p => p.Start).Distinct().Order());
        foreach (var page in pages)
        {
            Assert.InRange(page.Count, 1, int.MaxValue);
            var oneKey = StateView.Records(page).Select(r => (ulong)(r.Key >> 64)).Distinct().Count() == 1;
            Assert.True(page.PackedSize <= PageSplit.MaxBytes || oneKey);
            Assert.All(StateView.Records(page), r => Assert.Same(page, set.PageOf((ulong)(r.Key >> 64))));
        }

        var to = new ByteWriter();
        PageListCodec.Write(to, set);
        var from = new ByteReader(to.ToArray(0), "list");
        var unloaded = PageListCodec.Read<T>(ref from);
        Assert.True(from.IsAtEnd);
        Assert.Equal(set.Records(), pages.Aggregate(unloaded, (s, p) => s.With(p)).Records());
    }

    private static void AssertStorable(AccountState state)
    {
        Assert.All(StatePacking.PagesOf(state), p => Assert.InRange(p.Value.Count, 1, int.MaxValue));
        Assert.All(StatePacking.PagesOf(state), p => Assert.InRange(StatePacking.PackPage(state, p.Value).Length, 1, MaxProperty));
        var summary = StatePacking.PackSummary(state);
        Assert.InRange(summary.Length, 1, MaxProperty);
        var read = SummaryTests.Unpack(state);
        Assert.Equal(StateView.Entries(state), StateView.Entries(read));
        Assert.Equal(StateView.Ties(state), StateView.Ties(read));
        Assert.Equal(summary, StatePacking.PackSummary(read));
    }

    private static Interaction[] LongFacts(string actor, int count, long at = Scenario.Now) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Interaction
                {
                    Type = InteractionType.Reply,
                    Actor = AccountId.Parse($"net:{actor}"),
                    Target = Scenario.Target,
                    At = at - i,
                    Id = $"{actor}/{at}/{i}",
                    Context = LongContext($"{actor}/{at}/{i}"),
                }),
        ];

    private static FactContext LongContext(string name) =>
        FactContext.Of(
            Enumerable.Range(0, FactRules.MaxTopics).Select(t => $"{name}/{t}".PadRight(FactRules.MaxTopic, 'あ')),
            name.PadRight(FactRules.MaxCommunity, 'あ')
        );
}
