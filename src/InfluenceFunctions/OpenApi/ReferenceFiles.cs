using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.OpenApi;

/// <summary>The files of the reference page: resources of this assembly, the large ones in Brotli.</summary>
public sealed class ReferenceFiles
{
    private const string Prefix = "OpenApi.SwaggerUi.";
    private const string Packed = ".br";

    private readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReferenceFile> files = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public ReferenceFiles()
    {
        var assembly = typeof(ReferenceFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var isPacked = resource.EndsWith(Packed, StringComparison.Ordinal);
            var name = resource[Prefix.Length..^(isPacked ? Packed.Length : 0)];
            var address = $"{Convert.ToHexStringLower(XxHash128.Hash(bytes))[..16]}.{name}";
            (addresses[name], files[address]) = (address, new ReferenceFile(bytes, isPacked, TypeOf(name)));
        }
    }

    /// <summary>The last part of a file's address, which changes with its bytes.</summary>
    internal string AddressOf(string name) => addresses[name];

    /// <summary>The answer that is a file; null where there is none at this address.</summary>
    internal IActionResult? Find(string address, HttpRequest request) => files.GetValueOrDefault(address)?.For(request);

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".png" => "image/png",
            _ => "text/plain; charset=utf-8",
        };

    private sealed record ReferenceFile(byte[] Bytes, bool IsPacked, string Type)
    {
        private const string Immutable = "public, max-age=31536000, immutable";

        // Packed once, at the best that Brotli can; whoever takes no Brotli gets it unpacked, or in gzip.
        public IActionResult For(HttpRequest request) =>
            IsPacked && ContentCoding.Of(request, Bytes.Length) == "br"
                ? new PackedReply(Bytes, Type, Immutable)
                : new Reply(StatusCodes.Status200OK, IsPacked ? Unpack(Bytes) : Bytes, Type).With("Cache-Control", Immutable);

        private static byte[] Unpack(byte[] packed)
        {
            using var unpacked = new MemoryStream();
            using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
                brotli.CopyTo(unpacked);
            return unpacked.ToArray();
        }
    }
}
