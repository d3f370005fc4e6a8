using System.Text;
using System.Text.Json;

namespace Influence.Replay.Tests.Community;

public sealed class CommunityTests
{
    private const long End = 1_793_491_200;
    private static readonly IReadOnlyList<InteractionFields> Story = CommunityStory.Tell(1, 40_000, End);

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        Assert.Equal(Text(Story), Text(CommunityStory.Tell(1, 40_000, End)));
        Assert.NotEqual(Text(Story), Text(CommunityStory.Tell(2, 40_000, End)));
    }

    [Fact]
    public void Another_end_moves_the_story_and_changes_nothing_else() =>
        Assert.Equal(Text(Story), Text(CommunityStory.Tell(1, 40_000, End + 3600).Select(f => f with { At = f.At - 3600 })));

    [Fact]
    public void It_fills_sixty_days_in_order()
    {
        Assert.Equal(40_000, Story.Count);
        Assert.Equal(Story.Select(f => f.At).Order(), Story.Select(f => f.At));
        Assert.All(Story, f => Assert.InRange(f.At, End - (60 * ScoringPolicy.Day), End));
        Assert.Equal(60, Story.Select(f => (End - f.At) / ScoringPolicy.Day).Where(d => d < 60).Distinct().Count());
    }

    [Fact]
    public void Every_fact_passes_the_door() =>
        Assert.All(Story, f => Assert.Null(FactRules.Refuse(FactOf(f), ScoringPolicy.Current, End)));

    [Fact]
    public void Everybody_has_a_name_that_goes_with_the_handle()
    {
        Assert.All(Story.Where(f => f.Undo is null), f => Assert.True(f.ActorName is not null && f.TargetName is null == f.Target is null));
        Assert.Equal(("Quiet Otter", "Amber Heron 42"), (Handles.NameOf("quiet-otter"), Handles.NameOf("amber-heron-42")));
    }

    [Fact]
    public void A_few_get_much_and_most_get_little()
    {
        int[] received = [.. Story.Where(f => f.Target is not null).GroupBy(f => f.Target).Select(g => g.Count()).OrderDescending()];
        Assert.InRange(received.Length, 1500, Population.Size);
        Assert.InRange(received.Take(Population.Size / 100).Sum() / (double)received.Sum(), 0.2, 0.8);
        Assert.InRange(received[received.Length / 2], 1, 5);
        int[] done = [.. Story.GroupBy(f => f.Actor).Select(g => g.Count()).OrderDescending()];
        Assert.InRange(done.Take(Population.Size / 100).Sum() / (double)done.Sum(), 0.05, 0.6);
    }

    [Fact]
    public void It_shows_every_type_three_networks_and_twelve_topics()
    {
        Assert.Equal(
            Enum.GetNames<InteractionType>().Order(),
            Story.Select(f => f.Type).Distinct().Select(t => Enum.Parse<InteractionType>(t, ignoreCase: true).ToString()).Order()
        );
        Assert.Equal(["bluesky", "github", "mastodon"], Story.Select(f => f.Actor.Split(':')[0]).Distinct().Order());
        Assert.Equal(12, Story.SelectMany(f => f.Topics).Distinct().Count());
        Assert.Contains(Story, f => f.Undo == "true");
        Assert.True(Story.Count(f => f.Type == "like") > Story.Count(f => f.Type == "quote") * 5);
    }

    private static Fact FactOf(InteractionFields f) => FactReader.Read(JsonElement.Parse(FactLine.Of(f).Json.Span)).Fact!;

    private static string Text(IEnumerable<InteractionFields> facts) =>
        string.Concat(facts.Select(f => Encoding.UTF8.GetString(FactLine.Of(f).Json.Span)));
}
