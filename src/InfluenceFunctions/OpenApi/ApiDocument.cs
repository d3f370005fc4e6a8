using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.OpenApi;

/// <summary>The API's description as bytes: made once, with a gap for the server's address.</summary>
/// <remarks>Addresses are the callers' to choose, so that keeping a document for each would let them fill the memory.</remarks>
public sealed class ApiDocument(PublicUrl url)
{
    private const string Gap = "server-address";

    // Nearly all callers use the same address.
    private volatile Document? last;

    // Two parts around the gap.
    private readonly Lazy<(byte[] Before, byte[] After)> parts = new(Make);

    /// <summary>The document for the address that a caller used.</summary>
    internal CodedBody Of(HttpRequest request)
    {
        var server = url.RootOf(request);
        if (last is { } known && known.Server == server)
            return known.Body;
        var body = new CodedBody([.. parts.Value.Before, .. JsonEncodedText.Encode(server).EncodedUtf8Bytes, .. parts.Value.After]);
        last = new(server, body);
        return body;
    }

    private static (byte[] Before, byte[] After) Make()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            new DocumentBuilder().Build(Gap).WriteTo(json);
        var whole = buffer.WrittenSpan;
        var at = whole.IndexOf(Encoding.UTF8.GetBytes(Gap));
        return (whole[..at].ToArray(), whole[(at + Gap.Length)..].ToArray());
    }

    private sealed record Document(string Server, CodedBody Body);
}
