using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Reads whole bodies, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Whether the body has a content coding; none is supported.</summary>
    public static bool IsCoded(HttpRequest request) =>
        request.Headers.ContentEncoding.Any(coding =>
            !string.IsNullOrEmpty(coding) && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>415 for such a body.</summary>
    public static Reply CodedProblem() =>
        Reply
            .Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "Content-Encoding must be identity: send the body uncompressed."
            )
            .With(HeaderNames.AcceptEncoding, "identity");

    /// <summary>The body; null when it is longer than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (body.Length + read > limit)
                return null;
            body.Write(buffer.AsSpan(0, read));
        }

        return body.ToArray();
    }

    /// <summary>413 for a body that is longer.</summary>
    public static Reply TooLargeProblem(int limit) =>
        Reply.Problem(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is longer than {limit} bytes: send less at once.");
}
