using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Brotli or gzip, as the caller asks.</summary>
internal static class ContentCoding
{
    // Below this the headers outweigh what is saved.
    private const int Worthwhile = 512;

    /// <summary>The coding to answer in; null for none.</summary>
    public static string? Of(HttpRequest request, int length)
    {
        if (length < Worthwhile || !StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var asked))
            return null;
        return asked
            .Where(a => a.Value.Value is "br" or "gzip" && a.Quality is null or > 0)
            .OrderByDescending(a => a.Quality ?? 1)
            .ThenBy(a => a.Value.Value)
            .Select(a => a.Value.Value)
            .FirstOrDefault();
    }

    public static byte[] Encode(byte[] body, string? encoding)
    {
        if (encoding is null)
            return body;
        using var coded = new MemoryStream();
        using (
            Stream coder =
                encoding == "br"
                    ? new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true)
                    : new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true)
        )
            coder.Write(body);
        return coded.ToArray();
    }
}
