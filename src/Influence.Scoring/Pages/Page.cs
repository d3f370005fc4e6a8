namespace Influence.Scoring.Pages;

/// <summary>
/// One packed page of a state: the records whose key lies in its range. Immutable; it may be known by name only, its bytes still in
/// storage.
/// </summary>
public abstract class Page
{
    internal const byte MaxDepth = 63;

    private protected Page(ulong start, byte depth) => (Start, Depth) = (start, depth);

    /// <summary>The first key of its range; the range is 2^(64 − <see cref="Depth"/>) keys long.</summary>
    public ulong Start { get; }

    /// <summary>How often the whole range was halved to get this one, 0–<see cref="MaxDepth"/>.</summary>
    public byte Depth { get; }

    /// <summary>The last key of its range, inclusive.</summary>
    internal ulong End => Start + (ulong.MaxValue >> Depth);

    /// <summary>Whether its records are here.</summary>
    public abstract bool IsLoaded { get; }

    /// <summary>How many records it holds; 0 while not loaded.</summary>
    public abstract int Count { get; }

    /// <summary>Bytes it takes when packed, header included; 0 while not loaded.</summary>
    public abstract int PackedSize { get; }

    /// <summary>Packs the page: versioned, checksummed under the owner's key (<see cref="PageHeader"/>).</summary>
    /// <param name="owner">The owning account's key: bytes packed for one account cannot be read as another's.</param>
    /// <exception cref="PageNotLoadedException">Its records are not here.</exception>
    public abstract byte[] Pack(ulong owner);
}
