namespace Influence.Replay.Readers;

/// <summary>What a file holds.</summary>
internal enum FileFormat
{
    /// <summary>Told by the name, else by the beginning.</summary>
    Auto,

    /// <summary>See <see cref="SnapReader"/>.</summary>
    Snap,

    /// <summary>See <see cref="NdjsonReader"/>.</summary>
    Ndjson,

    /// <summary>See <see cref="CsvFactReader"/>.</summary>
    Csv,
}
