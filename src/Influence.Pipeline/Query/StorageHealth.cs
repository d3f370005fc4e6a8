namespace Influence.Pipeline;

/// <summary>Storage's part of the health.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Detail">A sentence that names the setting to look at; absent when all is well.</param>
public sealed record StorageHealth(string Status, string? Detail = null);
