namespace Influence.Scoring.Tests.Styles;

public sealed class StyleTests
{
    [Theory]
    // At the threshold, and one below it.
    [InlineData(3, 3, 0, 0, 300, 14, "regular specialist author")]
    [InlineData(2, 3, 0, 0, 300, 14, "regular specialist curator")]
    [InlineData(2, 1, 1, 4, 301, 13, "occasional generalist author")]
    [InlineData(2, 1, 1, 5, 301, 13, "occasional generalist observer")]
    [InlineData(0, 1, 0, 2, 0, 28, "regular specialist supporter")]
    public void A_name_follows_from_the_published_thresholds(
        uint posts,
        uint shares,
        uint replies,
        uint likes,
        int topicHundredths,
        int days,
        string name
    ) => Assert.Equal(name, new Style(posts, shares, replies, likes, topicHundredths, days).Name);

    [Fact]
    public void There_are_sixteen_names_and_each_measure_alone_changes_the_name()
    {
        Assert.Equal(16, Style.AllNames.Distinct().Count());
        var seen = new HashSet<string>();
        foreach (var posts in new uint[] { 0, 9 })
        foreach (var likes in new uint[] { 0, 99 })
        foreach (var topics in new[] { 100, 900 })
        foreach (var days in new[] { 1, 20 })
            Assert.True(seen.Add(new Style(posts, 5, 0, likes, topics, days).Name));
        Assert.Equal(Style.AllNames.Order(), seen.Order());
    }

    [Fact]
    public void Three_topics_told_alike_are_three_and_a_fourth_told_once_in_a_hundred_is_little_more()
    {
        Assert.Equal(3, Of(("a", 5), ("b", 5), ("c", 5)).Topics);
        Assert.True(Of(("a", 5), ("b", 5), ("c", 5)).IsFocused);
        Assert.InRange(Of(("a", 33), ("b", 33), ("c", 33), ("d", 1)).Topics, 3.01, 3.2);
        Assert.Equal(0, Of().Topics);
    }

    [Fact]
    public void A_quote_counts_as_a_share_and_other_types_only_mark_the_day()
    {
        var day = new ActivityDay(100, new ActivityCounts(1, 2, 3, 4, 5, 6), []);
        Assert.Equal(new Style(1, 6, 3, 5, 0, 2), Style.Of(new Activity([day, new(102, new(0, 0, 0, 0, 0, 1), [])], []), 102));
        // 28 days later the first of them has left the window, then both.
        Assert.Equal(new Style(0, 0, 0, 0, 0, 1), Style.Of(new Activity([day, new(102, new(0, 0, 0, 0, 0, 1), [])], []), 128));
        Assert.Null(Style.Of(new Activity([day], []), 128));
    }

    private static Style Of(params (string Topic, uint Count)[] topics) =>
        Style.Of(
            new Activity([new ActivityDay(9, new(1, 0, 0, 0, 0, 0), [.. topics.Select(t => new TopicCount(t.Topic, t.Count))])], []),
            9
        )!;
}
