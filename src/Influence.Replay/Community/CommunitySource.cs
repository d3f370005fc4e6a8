namespace Influence.Replay.Community;

/// <summary>The made-up community as a log to replay.</summary>
internal sealed class CommunitySource(int seed, int count) : IFactSource
{
    /// <summary>The end that the story is told with; the replay moves it to the current hour.</summary>
    public const long End = 1_767_225_600;

    // Told once for all passes: it is made of random draws, not read.
    private FactLine[]? lines;

    /// <inheritdoc/>
    public string Name => $"a made-up community of {Population.Size:N0} accounts (seed {seed})";

    /// <inheritdoc/>
    public string Key => $"community 1 {seed} {count}";

    /// <inheritdoc/>
    public bool IsMadeUp => true;

    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(ReadTally tally) => lines ??= [.. CommunityStory.Tell(seed, count, End).Select(f => FactLine.Of(f))];
}
