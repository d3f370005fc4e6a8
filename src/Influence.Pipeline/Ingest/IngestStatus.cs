namespace Influence.Pipeline.Ingest;

/// <summary>How a batch fared as a whole.</summary>
public enum IngestStatus
{
    /// <summary>The queue has every accepted fact.</summary>
    Accepted,

    /// <summary>It was read, but no item of it could be accepted.</summary>
    NothingAcceptable,

    /// <summary>It is not in the format it claims.</summary>
    Unparseable,

    /// <summary>It holds more than <see cref="FactIngestor.MaxItems"/> items.</summary>
    TooManyItems,

    /// <summary>Its content type is none that is taken.</summary>
    UnsupportedMediaType,

    /// <summary>The queue cannot be reached: send it all again later, what counts once still counts once.</summary>
    QueueUnreachable,
}
