namespace Influence.Scoring.Tests.Facts;

public sealed class KeyHasherTests
{
    private static readonly Interaction Like = new()
    {
        Type = InteractionType.Like,
        Actor = AccountId.Parse("net:a"),
        Target = AccountId.Parse("net:t"),
        At = 1_790_000_000,
        Object = "o",
    };

    [Fact]
    public void Keys_never_change_for_stored_states_rest_on_them()
    {
        var keys = new KeyHasher(42);
        Assert.Equal(0x1E2A49A5C12DB57BUL, keys.KeyOf(AccountId.Parse("twitter:12")));
        Assert.Equal(0x1644FA66AF71E6F9UL, keys.KeyOf(Like));
        Assert.Equal(0x30BB72477A6A60E9UL, keys.KeyOf(Like with { Id = "1" }));
        Assert.Equal(0x77A9775193AB896BUL, keys.KeyOf(Like with { Object = new string('é', FactRules.MaxObject) }));
    }

    [Fact]
    public void Another_seed_gives_other_keys() => Assert.NotEqual(new KeyHasher(1).KeyOf(Like.Actor), new KeyHasher(2).KeyOf(Like.Actor));

    [Fact]
    public void Every_part_of_a_fact_without_id_counts_and_parts_do_not_run_into_each_other()
    {
        var keys = new KeyHasher(1);
        Interaction[] all =
        [
            Like,
            Like with
            {
                Type = InteractionType.Share,
            },
            Like with
            {
                At = 1_790_000_001,
            },
            Like with
            {
                Object = "p",
            },
            Like with
            {
                Object = null,
            },
            Like with
            {
                Actor = AccountId.Parse("net:b"),
            },
            Like with
            {
                Target = AccountId.Parse("net:u"),
            },
            Like with
            {
                Id = "o",
            },
            Like with
            {
                Actor = AccountId.Parse("net:an"),
                Target = AccountId.Parse("et:t"),
            },
        ];
        Assert.Equal(all.Length, all.Select(keys.KeyOf).Distinct().Count());
    }

    [Fact]
    public void An_id_identifies_whatever_else_is_said()
    {
        var keys = new KeyHasher(1);
        Assert.Equal(
            keys.KeyOf(Like with { Id = "7" }),
            keys.KeyOf(Like with { Id = "7", At = 5, Type = InteractionType.View, Object = "x" })
        );
    }

    [Fact]
    public void Shards_are_even()
    {
        var keys = new KeyHasher(1);
        var counts = Enumerable
            .Range(0, 100_000)
            .CountBy(i => keys.ShardOf(AccountId.Parse($"twitter:{i}")))
            .Select(c => c.Value)
            .ToArray();
        Assert.Equal(256, counts.Length);
        Assert.InRange(counts.Max(), 300, 500);
    }
}
