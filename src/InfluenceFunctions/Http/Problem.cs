using Influence.Pipeline;
using Microsoft.AspNetCore.WebUtilities;

namespace InfluenceFunctions;

/// <summary>An error as RFC 9457 wants it, with a stable code.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable reason, snake case.</param>
/// <param name="Detail">A sentence that says what to do about it.</param>
internal sealed record Problem(int Status, string Code, string Detail)
{
    /// <summary>The status in words.</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The batch of which nothing could be accepted.</summary>
    public string? Batch { get; init; }

    /// <summary>0 for such a batch.</summary>
    public int? Accepted { get; init; }

    /// <summary>Its items, each with its reason.</summary>
    public IReadOnlyList<Rejection>? Rejected { get; init; }
}
