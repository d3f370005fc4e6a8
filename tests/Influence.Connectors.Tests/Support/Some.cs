using System.Globalization;
using System.Text;

namespace Influence.Connectors.Tests.Support;

/// <summary>Deliveries and settings for tests.</summary>
internal static class Some
{
    public static long Now { get; } = Moment("2026-11-20T12:00:00Z");

    public static long Moment(string iso) =>
        DateTimeOffset
            .ParseExact(iso, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .ToUnixTimeSeconds();

    public static SourceSettings Settings(params string[] secrets)
    {
        var settings = new SourceSettings();
        foreach (var secret in secrets)
            settings.Secrets.Add(secret);
        return settings;
    }

    public static Delivery Delivery(string body, params IEnumerable<(string Name, string Value)> headers) =>
        Delivery(Encoding.UTF8.GetBytes(body), headers.Select(h => KeyValuePair.Create(h.Name, h.Value)));

    /// <summary>A delivery; of a header that comes twice, the last one counts.</summary>
    public static Delivery Delivery(ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers) =>
        new(body, headers.ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase).LastOf, _ => null);

    public static Delivery Get(params IEnumerable<(string Name, string Value)> query) =>
        new(default, _ => null, query.ToDictionary(q => q.Name, q => q.Value).GetValueOrDefault);

    private static string? LastOf(this ILookup<string, string> headers, string name) => headers[name].LastOrDefault();

    public static Connector Connector(string source) => ConnectorRegistry.Find(source)!;

    /// <summary>What a delivery of a source means, as the expected files write it.</summary>
    public static string Meaning(string source, string body, params IEnumerable<(string Name, string Value)> headers) =>
        SampleJson.Of(Connector(source).Translate(Delivery(body, headers), Now)!, []);
}
