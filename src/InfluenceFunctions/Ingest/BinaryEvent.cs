using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Ingest;

/// <summary>Finds a CloudEvent in binary mode: its attributes are headers, percent-encoded where they are not plain ASCII.</summary>
internal static class BinaryEvent
{
    public static CloudEventHeaders? Of(HttpRequest request) =>
        Header(request, "ce-specversion") switch
        {
            null => null,
            "1.0" => new CloudEventHeaders(
                Header(request, "ce-id"),
                Header(request, "ce-source"),
                Header(request, "ce-type"),
                Header(request, "ce-time")
            ),
            // Of another version nothing is known, so that it is refused as incomplete.
            _ => new CloudEventHeaders(null, null, null, null),
        };

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? Uri.UnescapeDataString(value) : null;
}
