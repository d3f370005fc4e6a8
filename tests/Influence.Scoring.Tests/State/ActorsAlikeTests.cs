namespace Influence.Scoring.Tests.State;

/// <summary>Two actors whose keys begin with the same 40 bits: in the order of a ledger their facts lie mixed.</summary>
public sealed class ActorsAlikeTests
{
    // Found by trying: about one in a million names has such a twin.
    private static readonly AccountId[] Twins = [AccountId.Parse("net:a521335"), AccountId.Parse("net:a571070")];

    [Fact]
    public void Each_keeps_a_tie_of_their_own_in_one_batch_as_one_by_one()
    {
        Assert.Single(Twins.Select(t => LedgerEntry.FirstSlotOf(Scenario.Keys.KeyOf(t))).Distinct());
        Interaction[] facts =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i => new Interaction
                {
                    Type = (InteractionType)(1 + (i % 8)),
                    Actor = Twins[i % 2],
                    Target = Scenario.Target,
                    At = Scenario.Now - (i * 7 % 40),
                }),
        ];

        var atOnce = AccountUpdate.Apply(Scenario.Empty, facts, VoteTable.AllOne, Scenario.Now).State;
        var oneByOne = facts.Aggregate(
            Scenario.Empty,
            (state, fact) => AccountUpdate.Apply(state, [fact], VoteTable.AllOne, Scenario.Now).State
        );

        Assert.Equal(2, atOnce.Totals.People);
        StateView.AssertSame(oneByOne, atOnce, Scenario.Now);
    }
}
