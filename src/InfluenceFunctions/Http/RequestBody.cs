using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions;

/// <summary>Reads whole bodies, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>The body; null when it is longer than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken stop)
    {
        if (request.ContentLength > limit) return null;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, stop) is var read and > 0)
        {
            if (body.Length + read > limit) return null;
            body.Write(buffer.AsSpan(0, read));
        }

        return body.ToArray();
    }
}
