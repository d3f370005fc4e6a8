using CsCheck;

namespace Influence.Scoring.Tests.Styles;

public sealed class ActivityTests
{
    private const int Today = (int)(Scenario.Now / ScoringPolicy.Day);

    // Few topics and targets, so that no bound is met: then any grouping must come to the same.
    private static readonly Gen<Interaction[]> Facts = Gen.Select(Gen.Int[1, 9], Gen.Int[0, 40], Gen.Int[0, 20], Gen.Int[0, 7])
        .Select(
            (type, age, target, topics) =>
                new Interaction
                {
                    Type = (InteractionType)type,
                    Actor = AccountId.Parse("net:actor"),
                    Target = type == (int)InteractionType.Post ? null : AccountId.Parse($"net:t{target}"),
                    At = Scenario.Now - (age * ScoringPolicy.Day),
                    Context = FactContext.Of(Enumerable.Range(0, topics % 4).Select(t => $"topic {(topics + t) % 9}"), null),
                }
        )
        .Array[1, 40];

    [Fact]
    public void Any_order_and_grouping_of_facts_comes_to_the_same() =>
        Gen.Select(Facts, Gen.Int, Gen.Int[1, 9])
            .Sample(
                (facts, seed, size) =>
                {
                    Interaction[] shuffled = [.. facts];
                    new Random(seed).Shuffle(shuffled);
                    var parts = shuffled.Chunk(size).Select(Of);
                    Assert.Equal(Packed(Of(facts)), Packed(parts.Reverse().Aggregate(Activity.None, (a, b) => a.Merge(b))));
                },
                iter: 10_000
            );

    [Fact]
    public void A_merge_is_commutative_also_where_bounds_are_met() =>
        Gen.Select(Facts, Facts, Gen.Int[0, 100])
            .Sample(
                (some, others, busy) =>
                {
                    var (one, other) = (Of(some).Merge(Busy(busy)), Of(others).Merge(Busy(2 * busy)));
                    var (there, back) = (one.Merge(other), other.Merge(one));
                    Assert.Equal(Packed(there), Packed(back));
                    Assert.InRange(there.Targets.Length, 0, Activity.MaxTargets);
                    Assert.InRange(there.Window(Today).Topics.Count, 0, Activity.MaxTopics);
                },
                iter: 3_000
            );

    [Fact]
    public void Counts_are_those_of_the_facts_of_the_last_28_days() =>
        Facts.Sample(
            facts =>
            {
                var own = Of(facts).Window(Today);
                var recent = facts.Where(f => f.At / ScoringPolicy.Day > Today - 28).ToList();
                Assert.Equal(
                    (
                        Count(recent, InteractionType.Post),
                        Count(recent, InteractionType.Share),
                        Count(recent, InteractionType.Reply),
                        Count(recent, InteractionType.Quote),
                        Count(recent, InteractionType.Like)
                    ),
                    (own.Total.Posts, own.Total.Shares, own.Total.Replies, own.Total.Quotes, own.Total.Likes)
                );
                Assert.Equal(recent.Select(f => f.At / ScoringPolicy.Day).Distinct().Count(), own.Days.Length);
                Assert.Equal(
                    recent.SelectMany(f => f.Context.Topics).GroupBy(t => t).ToDictionary(g => g.Key, g => (uint)g.Count()),
                    own.Topics.ToDictionary(t => t.Topic, t => t.Count)
                );
                Assert.Equal(recent.Where(f => f.Target is not null).Select(f => f.Target).Distinct().Count(), own.Targets.Length);
            },
            iter: 10_000
        );

    [Fact]
    public void Pages_are_read_as_they_were_packed() =>
        Gen.Select(Facts.Array[1, 20], Gen.Int[0, ActivityPage.MaxBits], Gen.Bool)
            .Sample(
                (all, bits, named) =>
                {
                    var index = bits == 0 ? 0u : (1u << bits) - 1;
                    var first = bits == 0 ? 0 : (ulong)index << (64 - bits);
                    var actors = all.Index()
                        .ToDictionary(
                            a => first + (ulong)a.Index,
                            a => Of(a.Item) with { Name = named ? "Zoë" : null, NameAt = named ? 7 : 0 }
                        );
                    var packed = ActivityPage.Pack(actors.Reverse(), index, bits);
                    var read = ActivityPage.Read(packed, index, bits);
                    Assert.Equal(packed, ActivityPage.Pack(read, index, bits));
                    Assert.All(read, a => Assert.Equal(actors[a.Key].Total, a.Value.Total));
                    Assert.All(actors.Keys, k => Assert.Equal(index, ActivityPage.IndexOf(k, bits)));
                    if (bits > 0)
                        Assert.Throws<PageCorruptException>(() => ActivityPage.Read(packed, index - 1, bits));
                },
                iter: 2_000
            );

    [Fact]
    public void A_damaged_page_is_a_typed_error_whatever_its_checksum_says()
    {
        var random = new Random(11);
        var whole = Packed(Of([.. Enumerable.Range(1, 60).Select(i => Fact((InteractionType)(1 + (i % 9)), i % 28, i))]));
        for (var i = 0; i < 100_000; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (i % 2 == 0)
                Assert.Throws<PageCorruptException>(() => ActivityPage.Read(damaged));
            else
                Try(damaged);
        }
    }

    [Fact]
    public void Of_many_targets_the_latest_are_told()
    {
        var own = new OwnActivities(Today);
        own.Add(1, Of([.. Enumerable.Range(0, 200).Select(i => Fact(InteractionType.Like, i / 8, i))]));
        own.Add(2, Activity.None);
        var keys = Enumerable.Range(0, 200).Select(i => Scenario.Keys.KeyOf(AccountId.Parse($"net:t{i}"))).ToList();
        Assert.Equal(Activity.MaxTargets, own.EngagedOf(1, keys));
        Assert.Equal(20, own.EngagedOf(1, keys.Take(20)));
        Assert.Equal(0, own.EngagedOf(1, keys.Skip(100)));
        Assert.Equal((0, 0), (own.EngagedOf(2, keys), own.EngagedOf(3, keys)));
        Assert.Null(own.StyleOf(2));
    }

    private static void Try(byte[] damaged)
    {
        new PageHeader(17, 1, 0, 1, 0, 0).Seal(damaged, 0);
        try
        {
            Assert.NotNull(ActivityPage.Read(damaged));
        }
        catch (PageCorruptException)
        {
            // As it should be.
        }
    }

    private static uint Count(IEnumerable<Interaction> facts, InteractionType type) => (uint)facts.Count(f => f.Type == type);

    private static Activity Busy(int targets) =>
        Of([.. Enumerable.Range(0, targets).Select(i => Fact(InteractionType.Share, i % 28, 100 + i))]);

    private static Interaction Fact(InteractionType type, int age, int target) =>
        new()
        {
            Type = type,
            Actor = AccountId.Parse("net:actor"),
            Target = type == InteractionType.Post ? null : AccountId.Parse($"net:t{target}"),
            At = Scenario.Now - (age * ScoringPolicy.Day),
            Context = FactContext.Of([$"busy {target}"], null),
        };

    private static Activity Of(Interaction[] facts) => facts.Aggregate(Activity.None, (own, f) => own.Merge(Activity.Of(f, Scenario.Keys)));

    private static byte[] Packed(Activity activity) => ActivityPage.Pack([KeyValuePair.Create(1UL, activity)]);
}
