namespace Influence.Pipeline.Publish;

/// <summary>A board of a day as one publication has it.</summary>
/// <param name="Publication">The publication's id.</param>
/// <param name="Date">The day.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Everyone">All that it ranks, by score; by gain where <see cref="ChangeIsGain"/>.</param>
/// <param name="Places">The places shown, best first.</param>
internal sealed record BoardEdition(
    string Publication,
    DateOnly Date,
    DateTimeOffset AsOf,
    ScoreHistogram Everyone,
    IReadOnlyList<BoardEntry> Places
)
{
    /// <summary>When its publication was asked for: of two of a day the later one counts, whichever ends last.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whether a row's change is what was gained over 7 days, rather than since the published day before.</summary>
    public bool ChangeIsGain { get; init; }

    /// <summary>
    /// What the keys of its rows begin with: each publication of a day has rows of its own, and the same publication the same.
    /// </summary>
    public string Edition { get; } =
        Convert.ToHexStringLower(System.IO.Hashing.XxHash3.Hash(System.Text.Encoding.UTF8.GetBytes(Publication)));
}
