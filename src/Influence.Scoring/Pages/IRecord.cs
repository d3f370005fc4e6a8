namespace Influence.Scoring.Pages;

/// <summary>A fixed-size record of a packed page, sorted by a key that is unique within its set of pages.</summary>
internal interface IRecord<T>
    where T : struct, IRecord<T>
{
    /// <summary>What the page holds, and the newest layout of it.</summary>
    static abstract PageLayout Layout { get; }

    /// <summary>Bytes per record of the newest layout: a constant, since every search divides and multiplies by it.</summary>
    static abstract int RecordSize { get; }

    /// <summary>Sort order; the high half decides which page a record belongs to.</summary>
    UInt128 Key { get; }

    /// <summary>The context stored once per page, <see cref="FactContext.None"/> for records without.</summary>
    FactContext Context { get; }

    /// <summary>
    /// Packs the record into <see cref="RecordSize"/> bytes; <paramref name="context"/> is the index of its context in the page.
    /// </summary>
    void Write(Span<byte> to, ushort context);

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    static abstract T Read(ReadOnlySpan<byte> from, ReadOnlySpan<FactContext> contexts);

    /// <summary>The sort key alone, without the cost of a whole read.</summary>
    static abstract UInt128 ReadKey(ReadOnlySpan<byte> from);

    /// <summary>Whether every field is in its range: what a page with a right checksum can still get wrong.</summary>
    bool IsValid { get; }
}

/// <summary>How the records of one kind of page lie in bytes.</summary>
/// <param name="Kind">What the page holds.</param>
/// <param name="Version">The layout; no other is known.</param>
internal sealed record PageLayout(PageKind Kind, byte Version);
