using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>A body that is hashed and compressed once, however often it is sent.</summary>
internal sealed class CodedBody(byte[] bytes)
{
    private const string Brotli = "br";
    private readonly Lazy<string> hash = new(() => Convert.ToHexStringLower(XxHash128.Hash(bytes)));
    private readonly ConcurrentDictionary<string, byte[]> codings = new(StringComparer.Ordinal);

    /// <summary>Its length uncompressed.</summary>
    public int Length => bytes.Length;

    /// <summary>A body that is there in Brotli already, smaller than it could be made here in time.</summary>
    public static CodedBody FromBrotli(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var stream = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
            stream.CopyTo(unpacked);
        var body = new CodedBody(unpacked.ToArray());
        body.codings[Brotli] = packed;
        return body;
    }

    /// <summary>The body in a coding: <c>br</c> or <c>gzip</c>; null for none.</summary>
    public byte[] In(string? encoding) =>
        encoding is null ? bytes : codings.GetOrAdd(encoding, static (coding, body) => ContentCoding.Encode(body, coding), bytes);

    /// <summary>The strong ETag of the body in a coding.</summary>
    /// <remarks>A strong tag names one sequence of bytes, so that a coded body needs one of its own.</remarks>
    public EntityTagHeaderValue TagIn(string? encoding) => new($"\"{hash.Value}{(encoding is null ? "" : "-" + encoding)}\"");
}
