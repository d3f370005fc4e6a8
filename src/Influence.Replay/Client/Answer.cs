using System.Net;

namespace Influence.Replay.Client;

/// <summary>An HTTP answer, read to its end.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
/// <param name="Location">Where it points to.</param>
/// <param name="RetryAfter">When to come again, where it says so.</param>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, Uri? Location, TimeSpan? RetryAfter)
{
    /// <summary>Whether the same request may fare better later.</summary>
    public bool IsTryLater =>
        Status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.BadGateway
                or HttpStatusCode.GatewayTimeout;

    /// <summary>Reads a response.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            response.Headers.Location,
            response.Headers.RetryAfter is { } retry ? retry.Delta ?? (retry.Date - DateTimeOffset.UtcNow) : null
        );
}
