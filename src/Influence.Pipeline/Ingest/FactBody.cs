using System.Net.Mime;
using System.Text.Json;

namespace Influence.Pipeline.Ingest;

/// <summary>Splits a body into items: a JSON object or bare array, NDJSON, or CloudEvents 1.0 (structured, batch and binary).</summary>
internal static class FactBody
{
    /// <summary>The content types taken.</summary>
    public const string Accepted =
        "application/json, application/x-ndjson, application/cloudevents+json, application/cloudevents-batch+json";

    /// <summary>The items of a body; null for a content type that is not taken.</summary>
    /// <exception cref="BodyFormatException">The body is not in the format it claims.</exception>
    public static IReadOnlyList<JsonElement>? Items(
        string? contentType,
        ReadOnlyMemory<byte> body,
        FactKind kind,
        CloudEventHeaders? binary = null
    )
    {
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type))
            return null;
        if (type.CharSet is { } charSet && !charSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        // Some tools begin a body with one; a reader may pass over it (RFC 8259).
        if (body.Span.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        return type.MediaType?.ToLowerInvariant() switch
        {
            MediaTypeNames.Application.Json when binary is not null => [CloudEventItems.Binary(binary, Parse(body, "The body"))],
            MediaTypeNames.Application.Json => Json(body, kind),
            "application/x-ndjson" or "application/ndjson" => Lines(body),
            "application/cloudevents+json" => CloudEventItems.Structured(body),
            "application/cloudevents-batch+json" => CloudEventItems.Batch(body),
            _ => null,
        };
    }

    /// <summary>One JSON value.</summary>
    /// <exception cref="BodyFormatException">It is none.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonElement.Parse(json.Span);
        }
        catch (JsonException e)
        {
            throw new BodyFormatException($"{what} is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private static JsonElement[] Json(ReadOnlyMemory<byte> body, FactKind kind)
    {
        var root = Parse(body, "The body");
        var name = kind == FactKind.Interactions ? "interactions" : "metrics";
        if (root.ValueKind == JsonValueKind.Object)
            root = The(name, root);
        return root.ValueKind == JsonValueKind.Array
            ? [.. root.EnumerateArray()]
            : throw new BodyFormatException($"'{name}' is not an array.");
    }

    // Of two fields of one name a reader may take either: what the sender meant is not known.
    private static JsonElement The(string name, JsonElement root)
    {
        try
        {
            return root.EnumerateObject().Where(p => p.NameEquals(name)).Take(2).ToList() switch
            {
                [] => throw new BodyFormatException($"The body has no '{name}' array."),
                [var only] => only.Value,
                _ => throw new BodyFormatException($"The body has two '{name}' arrays."),
            };
        }
        catch (InvalidOperationException)
        {
            throw new BodyFormatException("The body has a field whose name is broken Unicode.");
        }
    }

    private static List<JsonElement> Lines(ReadOnlyMemory<byte> body)
    {
        var items = new List<JsonElement>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                items.Add(Parse(line, $"Line {number}"));
        }

        return items;
    }
}
