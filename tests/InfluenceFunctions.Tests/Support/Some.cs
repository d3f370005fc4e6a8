using System.Globalization;

namespace InfluenceFunctions.Tests.Support;

/// <summary>Facts for tests, as JSON.</summary>
internal static class Some
{
    public static string Network() => "t" + Guid.NewGuid().ToString("n")[..16];

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static string Interaction(string actor, string target, string type = "share", long age = 10, string extra = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"{{type}}","actor":"{{Escape(actor)}}","target":"{{Escape(target)}}","at":{{Now - age}}{{extra}}}"""
        );

    public static string Metric(string account, string metric, string count, long age = 10, string extra = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"account":"{{account}}","metric":"{{metric}}",{{count}},"at":{{Now - age}}{{extra}}}"""
        );

    public static string Batch(params IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    private static string Escape(string text) => System.Text.Json.JsonEncodedText.Encode(text).ToString();
}
