using CsCheck;

namespace Influence.Scoring.Tests.Pages;

public sealed class PageNeedsTests
{
    private static readonly AccountState Large = Scenario.Apply(
        Enumerable
            .Range(0, 12_000)
            .Select(i => new Interaction
            {
                Type = (InteractionType)(1 + (i % 8)),
                Actor = AccountId.Parse($"net:a{i % 6000}"),
                Target = Scenario.Target,
                At = Scenario.Now - (i * 397 % (80 * 86_400)),
                Id = $"{i}",
            })
    );

    private static readonly Dictionary<PageName, byte[]> Stored = StatePacking
        .PagesOf(Large)
        .ToDictionary(p => p.Key, p => StatePacking.PackPage(Large, p.Value));
    private static readonly byte[] Summary = StatePacking.PackSummary(Large);

    [Fact]
    public void The_pages_named_are_enough_and_without_them_it_says_so() =>
        Gen.Select(Scenario.Facts, Scenario.Interactions)
            .Sample(
                (facts, undone) =>
                {
                    Fact[] batch = [.. facts, .. undone.Select(Scenario.UndoOf)];
                    var bare = StatePacking.ReadSummary(Summary, Scenario.Target, Scenario.Keys);
                    var names = PageNeeds.Of(bare, batch);
                    var loaded = names.Aggregate(bare, (state, name) => StatePacking.WithPage(state, name, Stored[name]));
                    Assert.Empty(PageNeeds.Of(loaded, batch));
                    var expected = AccountUpdate.Apply(Large, batch, VoteTable.AllOne, Scenario.Now);
                    var actual = AccountUpdate.Apply(loaded, batch, VoteTable.AllOne, Scenario.Now);
                    Assert.Equal(expected.Outcomes.AsEnumerable(), actual.Outcomes.AsEnumerable());
                    Assert.Equal(expected.State.InputsAt(Scenario.Now), actual.State.InputsAt(Scenario.Now));
                    if (batch.Any(f => f is Interaction))
                        Assert.Throws<PageNotLoadedException>(() => AccountUpdate.Apply(bare, batch, VoteTable.AllOne, Scenario.Now));
                },
                iter: 300
            );

    [Fact]
    public void One_interaction_needs_at_most_three_pages() =>
        Scenario.Interaction.Sample(i =>
            Assert.InRange(PageNeeds.Of(StatePacking.ReadSummary(Summary, Scenario.Target, Scenario.Keys), [i]).Count, 1, 3)
        );
}
