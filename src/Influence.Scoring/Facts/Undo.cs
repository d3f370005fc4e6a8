namespace Influence.Scoring.Facts;

/// <summary>Takes an earlier interaction back: an unlike, an unfollow, a deleted share. It may arrive before what it undoes.</summary>
/// <param name="Original">
/// The interaction as far as it identifies itself: actor, target and id; or, where it had no id, the type, object and moment that id was
/// derived from.
/// </param>
public sealed record Undo(Interaction Original) : Fact
{
    /// <inheritdoc/>
    public override AccountId? About => Original.Target;

    /// <summary>
    /// The moment of taking back (or of the original where only that is known), Unix seconds UTC; it is remembered for
    /// <see cref="ScoringPolicy.FactMemory"/> from here.
    /// </summary>
    public override long At { get; init; } = Original.At;
}
