namespace InfluenceFunctions.OpenApi;

/// <summary>An answer to a call.</summary>
/// <param name="Status">The status.</param>
/// <param name="Description">When it comes, and what it says.</param>
/// <param name="ContentType">The content type; null for an answer without a body.</param>
internal sealed record Answer(int Status, string Description, string? ContentType = null)
{
    public const string JsonType = "application/json";
    public const string ProblemType = "application/problem+json";

    /// <summary>The record that the body is; null for another body.</summary>
    public Type? Record { get; init; }

    /// <summary>The schema of another body, as JSON.</summary>
    public string? Schema { get; init; }

    /// <summary>The codes that a problem may have.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Headers that are worth reading, of <see cref="CommonAnswers.Headers"/>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public static Answer Json<T>(int status, string description, params string[] headers) =>
        new(status, description, JsonType) { Record = typeof(T), Headers = headers };

    /// <summary>429 to a write that shows a key.</summary>
    public static Answer Throttled { get; } =
        Problem(429, "too_many_writes", "backlog", "over_budget") with
        {
            Headers = ["Retry-After", "RateLimit", "RateLimit-Policy"],
        };

    /// <summary>A problem; its description is that of its codes.</summary>
    public static Answer Problem(int status, params string[] codes) =>
        new(status, "", ProblemType)
        {
            Record = typeof(Problem),
            Codes = codes,
            Headers = status is 429 or 503 ? ["Retry-After"] : [],
        };
}
