using Azure;

namespace Influence.Pipeline.Recompute;

/// <summary>An account as read from its rows: the state, the state row's ETag, and which pages stood where.</summary>
/// <param name="State">The state; pages in rows of their own are known by name until loaded.</param>
/// <param name="ETag">Of the state row; null for an account without rows.</param>
/// <param name="InRows">The kinds of page that have rows of their own.</param>
/// <param name="Settlement">The settlement that last wrote it; null before the first.</param>
internal sealed record AccountDocument(AccountState State, ETag? ETag, IReadOnlySet<PageKind> InRows, SettlementStamp? Settlement = null)
{
    /// <summary>Whether facts were applied after that settlement.</summary>
    public bool HasFactsSince { get; init; } = true;
}

/// <summary>Names the settlement that wrote an account.</summary>
/// <param name="Publication">Its publication.</param>
/// <param name="RequestedAt">When that was requested, by the storage service's clock.</param>
internal sealed record SettlementStamp(string Publication, DateTimeOffset RequestedAt);
