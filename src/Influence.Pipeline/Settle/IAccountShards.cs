namespace Influence.Pipeline.Settle;

/// <summary>The accounts as a settlement and a board see them: range by range.</summary>
internal interface IAccountShards
{
    /// <summary>Every account of the shards, its ties loaded.</summary>
    IAsyncEnumerable<AccountState> WithTiesAsync(ShardRange range, CancellationToken cancellationToken);

    /// <summary>The same as they can be written: with their ledgers, and all that stands in their rows.</summary>
    IAsyncEnumerable<AccountDocument> DocumentsAsync(ShardRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Recomputes accounts under fresh votes, forgets what has run out, and writes them together. They are written over what was scanned,
    /// or over what they became since.
    /// </summary>
    /// <returns>The accounts as they then are, in the same order.</returns>
    Task<IReadOnlyList<AccountState>> RecomputeAsync(
        IReadOnlyList<AccountDocument> scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    );
}
