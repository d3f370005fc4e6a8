using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Http;

/// <summary>Reads whole bodies, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Whether the body is coded in some way, which none is taken in.</summary>
    public static bool IsCoded(HttpRequest request) =>
        request.Headers.ContentEncoding.Any(coding =>
            !string.IsNullOrEmpty(coding) && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
        );

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
}
