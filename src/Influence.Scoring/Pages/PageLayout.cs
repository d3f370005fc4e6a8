namespace Influence.Scoring.Pages;

/// <summary>How the records of one kind of page lie in bytes.</summary>
/// <param name="Kind">What the page holds.</param>
/// <param name="Version">The layout written; older ones are read.</param>
/// <param name="RecordSize">Bytes per record, at most 24.</param>
/// <param name="OlderRecordSizes">Bytes per record of the layouts 1 to Version − 1.</param>
internal sealed record PageLayout(PageKind Kind, byte Version, int RecordSize, int[] OlderRecordSizes)
{
    /// <summary>Bytes per record of a layout version, 0 when there is no such version.</summary>
    public int RecordSizeOf(byte version) =>
        version == Version ? RecordSize
        : version >= 1 && version <= OlderRecordSizes.Length ? OlderRecordSizes[version - 1]
        : 0;
}
