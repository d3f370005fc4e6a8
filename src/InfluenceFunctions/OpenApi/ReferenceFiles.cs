using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.OpenApi;

/// <summary>The files of the reference page: resources of this assembly, the large ones in Brotli.</summary>
public sealed class ReferenceFiles
{
    private const string Prefix = "OpenApi.SwaggerUi.";
    private const string Packed = ".br";

    private readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Lazy<CodedBody> Body, string Type)> files = new(StringComparer.Ordinal);

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
            addresses[name] = address;
            // Unpacked when somebody first asks for it.
            files[address] = (new(() => isPacked ? CodedBody.FromBrotli(bytes) : new CodedBody(bytes)), TypeOf(name));
        }
    }

    /// <summary>The last part of a file's address, which changes with its bytes.</summary>
    internal string AddressOf(string name) => addresses[name];

    /// <summary>The answer that is a file; null where there is none at this address.</summary>
    internal Reply? Find(string address) =>
        files.TryGetValue(address, out var file)
            ? new Reply(StatusCodes.Status200OK, file.Body.Value, file.Type).With("Cache-Control", "public, max-age=31536000, immutable")
            : null;

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".png" => "image/png",
            _ => "text/plain; charset=utf-8",
        };
}
