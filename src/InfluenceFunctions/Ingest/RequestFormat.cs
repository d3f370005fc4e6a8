using System.Net.Http.Headers;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Ingest;

/// <summary>Finds the format of a request's body by its content type and, in binary mode, by headers.</summary>
internal static class RequestFormat
{
    /// <summary>The content types taken.</summary>
    public const string Accepted =
        "application/json, application/x-ndjson, application/cloudevents+json, application/cloudevents-batch+json";

    /// <summary>The body in its format; null for a content type that is not taken.</summary>
    public static FactBody? Of(HttpRequest request, byte[] body)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return null;
        if (type.CharSet is { } charSet && !charSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        return type.MediaType?.ToLowerInvariant() switch
        {
            MediaTypeNames.Application.Json when Attributes(request) is { } attributes => new FactBody(
                FactBodyFormat.CloudEventBinary,
                body,
                attributes
            ),
            MediaTypeNames.Application.Json => new FactBody(FactBodyFormat.Json, body),
            "application/x-ndjson" or "application/ndjson" => new FactBody(FactBodyFormat.Ndjson, body),
            "application/cloudevents+json" => new FactBody(FactBodyFormat.CloudEvent, body),
            "application/cloudevents-batch+json" => new FactBody(FactBodyFormat.CloudEventBatch, body),
            _ => null,
        };
    }

    // Headers that begin with "ce-", percent-encoded where they are not plain ASCII.
    private static CloudEventAttributes? Attributes(HttpRequest request) =>
        Header(request, "ce-specversion") is { } version
            ? new CloudEventAttributes(
                version,
                Header(request, "ce-id"),
                Header(request, "ce-source"),
                Header(request, "ce-type"),
                Header(request, "ce-time")
            )
            : null;

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? Uri.UnescapeDataString(value) : null;
}
