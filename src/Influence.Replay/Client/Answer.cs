using System.Net;

namespace Influence.Replay.Client;

/// <summary>An HTTP answer, read to its end.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
/// <param name="Location">Where it points to.</param>
/// <param name="RetryAfter">When to come again, where it says so.</param>
/// <param name="Date">The server's clock, to the second, where it says so.</param>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, Uri? Location, TimeSpan? RetryAfter, DateTimeOffset? Date)
{
    /// <summary>Whether the same request may fare better later.</summary>
    public bool IsTryLater =>
        Status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.BadGateway
                or HttpStatusCode.GatewayTimeout;

    /// <summary>Whether the app says when to come again, since it is asked too much: back pressure, and no failure.</summary>
    public bool IsThrottled => Status == HttpStatusCode.TooManyRequests && RetryAfter is not null;

    /// <summary>Reads a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="now">What a <c>Retry-After</c> that is a date is relative to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            response.Headers.Location,
            response.Headers.RetryAfter is { } retry ? retry.Delta ?? (retry.Date - now) : null,
            response.Headers.Date
        );
}
