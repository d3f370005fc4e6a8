namespace Influence.Pipeline.Ingest;

/// <summary>How facts came in: when, from where, and whether as an import.</summary>
/// <param name="ReceivedAt">
/// When they were taken in, Unix seconds: what was in time then stays in time however late it is processed.
/// </param>
/// <param name="Source">Where they were seen (docs/scoring.md, "Source"): <c>github</c>, <c>api/crm</c>; null where nobody says.</param>
/// <param name="IsImport">Whether they are lines of an import, which may be up to 400 days old.</param>
public sealed record FactOrigin(long ReceivedAt, string? Source = null, bool IsImport = false);
