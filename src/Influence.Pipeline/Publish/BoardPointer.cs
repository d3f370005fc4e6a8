namespace Influence.Pipeline.Publish;

/// <summary>Which day of a board is the latest.</summary>
internal sealed record BoardPointer(DateOnly Date, Azure.ETag ETag);
