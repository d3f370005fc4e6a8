namespace Influence.Pipeline.Publish;

/// <summary>What a board's day is as a whole.</summary>
internal sealed record BoardMeta(
    DateOnly Date,
    DateTimeOffset AsOf,
    int Total,
    int Rows,
    string Edition,
    string? EditionBefore,
    ScoreHistogram Histogram,
    Azure.ETag ETag
)
{
    /// <summary>When its publication was asked for; null in rows of before this was kept.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>Whether the histogram counts gains; not so in rows of before this was kept, not even those of <c>movers</c>.</summary>
    public bool IsByGain { get; init; }
}
