namespace Influence.Scoring.State;

/// <summary><see cref="PointsReceived"/> while a batch is being applied.</summary>
internal sealed class PointsTally(PointsReceived start)
{
    private readonly double[] byType = [.. start.ByType];
    private HeavyHitters topics = start.Topics;
    private HeavyHitters communities = start.Communities;

    public void Fade(double factor)
    {
        if (factor == 1)
            return;
        for (var i = 0; i < byType.Length; i++)
            byType[i] *= factor;
        topics = topics.Faded(factor);
        communities = communities.Faded(factor);
    }

    public void Add(InteractionType type, FactContext context, double points)
    {
        byType[(int)type] += points;
        foreach (var topic in context.Topics)
            topics = topics.Add(topic, points / context.Topics.Length);
        if (context.Community is { } community)
            communities = communities.Add(community, points);
    }

    public void Take(InteractionType type, FactContext context, double points)
    {
        var left = byType[(int)type] - points;
        byType[(int)type] = left <= byType[(int)type] * 1e-9 ? 0 : left;
        foreach (var topic in context.Topics)
            topics = topics.Take(topic, points / context.Topics.Length);
        if (context.Community is { } community)
            communities = communities.Take(community, points);
    }

    public PointsReceived ToPoints() => new([.. byType], topics, communities);
}
