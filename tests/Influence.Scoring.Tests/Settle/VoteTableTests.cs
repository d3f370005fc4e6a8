using CsCheck;

namespace Influence.Scoring.Tests.Settle;

public sealed class VoteTableTests
{
    // Over the whole range of keys, and as many in one corner of it.
    private static readonly Gen<ulong> Keys = Gen.OneOf(Gen.ULong, Gen.ULong[0, 40], Gen.ULong[ulong.MaxValue - 40, ulong.MaxValue]);

    private static readonly Gen<float> Votes = Gen.OneOf(Gen.Const(1f), Gen.Float[0, 4]);

    [Fact]
    public void Everyone_votes_as_was_told_and_nobody_else_other_than_1() =>
        Gen.Select(Gen.Dictionary(Keys, Votes)[0, 300], Keys.Array[50])
            .Sample(
                (votes, strangers) =>
                {
                    var table = VoteTable.Of(votes);
                    Assert.Equal(votes.Count(v => v.Value != 1), table.Count);
                    foreach (var actor in votes.Keys.Concat(strangers))
                        Assert.Equal(votes.GetValueOrDefault(actor, 1f), table.Of(actor));
                },
                iter: 5_000
            );
}
