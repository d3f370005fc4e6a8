using CsCheck;

namespace Influence.Scoring.Tests.Pages;

public sealed class PageSetTests
{
    [Fact]
    public void Any_edits_give_what_a_sorted_dictionary_gives() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 30], Gen.Int)
            .Sample(
                (start, edits, seed) =>
                {
                    var random = new Random(seed);
                    var set = PageGen.Undone(start, random);
                    var model = new SortedDictionary<UInt128, UndoneEntry>(set.Records().ToDictionary(r => r.Key));
                    for (var round = 0; round < 3; round++)
                    {
                        var batch = Edits(model, edits, random);
                        foreach (var edit in batch)
                        {
                            if (edit.Remove)
                                model.Remove(edit.Record.Key);
                            else
                                model[edit.Record.Key] = edit.Record;
                        }

                        set = set.Edit(batch);
                    }

                    Assert.Equal(model.Values, set.Records());
                },
                iter: 2_000
            );

    [Fact]
    public void An_edit_shares_every_page_it_did_not_touch()
    {
        var set = PageGen.Ties(50_000, new Random(1));
        var edited = set.Edit([PageEdit<Tie>.Put(new Tie(77, 1, 1, 1))]);
        Assert.Equal(1, set.Pages.ToArray().Zip(edited.Pages.ToArray()).Count(p => !ReferenceEquals(p.First, p.Second)));
    }

    [Fact]
    public void A_batch_of_more_contexts_than_a_page_can_number_keeps_each_with_its_fact()
    {
        var facts = Enumerable
            .Range(0, 70_000)
            .Select(i => new Interaction
            {
                Type = InteractionType.Like,
                Actor = AccountId.Parse("net:tagger"),
                Target = Scenario.Target,
                At = Scenario.Now,
                Id = $"{i}",
                Context = FactContext.Of([$"t{i}"], null),
            })
            .ToArray();
        var state = AccountUpdate.Apply(Scenario.Empty, facts, VoteTable.AllOne, Scenario.Now).State;
        var contexts = StateView.Entries(state).ToDictionary(e => e.Id, e => e.Context);
        Assert.All(facts, f => Assert.Equal(f.Context, contexts[Scenario.Keys.KeyOf(f)]));
    }

    [Fact]
    public void One_actors_ten_thousand_facts_of_a_day_still_split()
    {
        var facts = Enumerable
            .Range(0, 10_000)
            .Select(i => new Interaction
            {
                Type = InteractionType.Reply,
                Actor = AccountId.Parse("net:flood"),
                Target = Scenario.Target,
                At = Scenario.Now - (i % 60),
                Id = $"f{i}",
            });
        var state = Scenario.Apply(facts);
        Assert.Equal(10_000, state.Totals.Interactions);
        Assert.All(StatePacking.PagesOf(state), p => Assert.InRange(p.Value.PackedSize, 0, PageSplit.MaxBytes));
        Assert.Equal(10_000, state.Ledger.Of(Scenario.Keys.KeyOf(AccountId.Parse("net:flood"))).Count);
        var undo = AccountUpdate.Apply(state, [new Undo(facts.First())], VoteTable.AllOne, Scenario.Now).State;
        Assert.Equal(9_999, undo.Totals.Interactions);
    }

    private static PageEdit<UndoneEntry>[] Edits(SortedDictionary<UInt128, UndoneEntry> model, int count, Random random)
    {
        var fresh = PageGen.Undone(count, random).Records().Select(r => new PageEdit<UndoneEntry>(r, random.Next(9) == 0));
        var known = model
            .Values.Where(_ => random.Next(10) == 0)
            .Select(r => new PageEdit<UndoneEntry>(r with { At = 5 }, random.Next(2) == 0));
        return [.. known.Concat(fresh).DistinctBy(e => e.Record.Key).OrderBy(e => e.Record.Key)];
    }
}
