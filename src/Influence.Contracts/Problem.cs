namespace Influence.Contracts;

/// <summary>An error: problem details of RFC 9457 with a stable <c>code</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Code">The stable reason in snake case.</param>
/// <param name="Detail">A sentence that says what to do about it.</param>
public sealed record Problem(int Status, string Title, string Code, string Detail)
{
    /// <summary>The batch of which nothing was accepted.</summary>
    public string? Batch { get; init; }

    /// <summary>0 for such a batch.</summary>
    public int? Accepted { get; init; }

    /// <summary>Its items, each with its reason.</summary>
    public IReadOnlyList<Rejection>? Rejected { get; init; }

    /// <summary>What else of it is perhaps not as it was meant.</summary>
    public IReadOnlyList<IngestWarning>? Warnings { get; init; }
}
