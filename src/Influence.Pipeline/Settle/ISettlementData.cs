namespace Influence.Pipeline.Settle;

/// <summary>
/// Named byte strings of a publication: its partial results. Each is written whole or not at all, and is the same again when a step runs
/// twice.
/// </summary>
internal interface ISettlementData
{
    Task PutAsync(string publication, string name, byte[] data, CancellationToken cancellationToken);

    /// <summary>What was put under the name; null for nothing.</summary>
    Task<byte[]?> FindAsync(string publication, string name, CancellationToken cancellationToken);
}
