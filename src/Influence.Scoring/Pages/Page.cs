namespace Influence.Scoring.Pages;

/// <summary>One packed page of a state: the records whose key lies in its range, never none. Immutable.</summary>
/// <remarks>
/// It may be known by name only, its bytes still in storage. Its range ends where the next page's begins; the first page's reaches down to
/// the lowest key, the last page's up to the highest.
/// </remarks>
public abstract class Page
{
    private protected Page(ulong start, byte splits) => (Start, Splits) = (start, splits);

    /// <summary>Names the page, and is the first key of its range unless it is the first page.</summary>
    public ulong Start { get; }

    /// <summary>How often its records were split, modulo 256: tells two versions of one name apart.</summary>
    public byte Splits { get; }

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
