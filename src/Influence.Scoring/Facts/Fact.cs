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

    /// <summary>Where it was seen: <c>github</c>, <c>api/crm</c>; null where nobody says.</summary>
    /// <remarks>Ids are unique within their source; an undo takes back only what came from its own (docs/scoring.md, "Source").</remarks>
    public virtual string? Source { get; init; }
}

/// <summary>Takes interactions back: an unlike, an unfollow, a deleted share. It may arrive before what it undoes.</summary>
/// <remarks>
/// It cancels every interaction that it matches and that happened up to its own moment, whichever arrives first; what happens later counts
/// anew.
/// </remarks>
/// <param name="Original">
/// What it matches, of its own source, actor and target: the interaction of its id, of any type and day; without an id those of its type
/// and object, where a missing object matches interactions without one. Its moment says nothing.
/// </param>
public sealed record Undo(Interaction Original) : Fact
{
    /// <summary>What it matches; it carries no names, since it shows nobody.</summary>
    public Interaction Original { get; init; } = Original.WithoutNames();

    /// <inheritdoc/>
    public override AccountId? About => Original.Target;

    /// <summary>The moment of taking back, Unix seconds UTC.</summary>
    /// <remarks>It is remembered for <see cref="ScoringPolicy.FactMemory"/> from here.</remarks>
    public override long At { get; init; } = Original.At;

    /// <summary>Its source is that of what it takes back.</summary>
    public override string? Source
    {
        get => Original.Source;
        init => Original = Original with { Source = value };
    }
}
