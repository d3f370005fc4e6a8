using Azure;

namespace Influence.Pipeline.Recompute;

/// <summary>An account as read from its rows: the state, the state row's ETag, and which pages stood where.</summary>
/// <param name="State">The state; pages in rows of their own are known by name until loaded.</param>
/// <param name="ETag">Of the state row; null for an account without rows.</param>
/// <param name="InRows">The kinds of page that have rows of their own.</param>
internal sealed record AccountDocument(AccountState State, ETag? ETag, IReadOnlySet<PageKind> InRows);
