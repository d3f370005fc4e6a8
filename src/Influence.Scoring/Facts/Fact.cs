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

/// <summary>Takes an earlier interaction back: an unlike, an unfollow, a deleted share. It may arrive before what it undoes.</summary>
/// <param name="Original">
/// The interaction as far as it identifies itself: actor, target and id; or, where it had no id, the type, object and moment that id was
/// derived from.
/// </param>
public sealed record Undo(Interaction Original) : Fact
{
    /// <inheritdoc/>
    public override AccountId? About => Original.Target;

    /// <summary>The moment of taking back, or of the original where only that is known, Unix seconds UTC.</summary>
    /// <remarks>It is remembered for <see cref="ScoringPolicy.FactMemory"/> from here.</remarks>
    public override long At { get; init; } = Original.At;
}
