namespace Influence.Replay.Resume;

/// <summary>What an interrupted run must know to go on: the same batches of the same facts.</summary>
internal sealed record RunState
{
    /// <summary>Seconds added to every moment: moved differently, the facts would be others.</summary>
    public required long Shift { get; init; }

    /// <summary>All batches below this number are acknowledged.</summary>
    public int Through { get; init; }

    /// <summary>Further acknowledged batches.</summary>
    public IReadOnlyList<int> Beyond { get; init; } = [];

    /// <summary>How many facts the acknowledged batches held.</summary>
    public long Facts { get; init; }

    /// <summary>How many of them were accepted.</summary>
    public long Accepted { get; init; }

    /// <summary>How many of the accepted are older than 90 days, of an import.</summary>
    public long Old { get; init; }

    /// <summary>The others, by code.</summary>
    public IReadOnlyDictionary<string, Refusals> Refused { get; init; } = new Dictionary<string, Refusals>();
}

/// <summary>The items refused for one reason.</summary>
/// <param name="Count">How many.</param>
/// <param name="Example">The message of the first.</param>
internal sealed record Refusals(int Count, string Example);
