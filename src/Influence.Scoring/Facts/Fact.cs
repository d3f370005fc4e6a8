namespace Influence.Scoring.Facts;

/// <summary>
/// Something that came in about one account: an <see cref="Interaction"/>, an <see cref="Undo"/> or a <see cref="MetricReport"/>.
/// </summary>
public abstract record Fact
{
    /// <summary>The account whose state the fact changes; null only for a post, which changes nobody's.</summary>
    public abstract AccountId? About { get; }

    /// <summary>The moment it is dated, Unix seconds UTC.</summary>
    public abstract long At { get; init; }
}
