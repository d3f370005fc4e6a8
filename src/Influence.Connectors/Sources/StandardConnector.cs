using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>
/// <c>standard</c>: Standard Webhooks 1.0 (standardwebhooks.com) carrying the items of <c>POST /interactions</c>, as
/// <c>{"interactions":[…]}</c>, a bare array, or one
/// at a time as <c>{"type":"interaction","timestamp":…,"data":{…}}</c>. Signed is <c>{id}.{timestamp}.{body}</c> with the base64 after
/// <c>whsec_</c>.
/// </summary>
internal sealed class StandardConnector : Connector
{
    private const string Prefix = "whsec_";
    private const int MaxItems = 1000;
    private static readonly FactRefusal TooMany = new(
        RefusalCode.TooLong,
        "interactions",
        "holds more than 1,000 items: none of them was taken"
    );

    public override string Source => "standard";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) => IsSigned(delivery, settings, now);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now)
    {
        var (id, timestamp) = ($"msg_{Guid.CreateVersion7():n}", now.ToString(CultureInfo.InvariantCulture));
        var signature = Convert.ToBase64String(HmacSignature.Of(KeyOf(secret), Encoding.UTF8.GetBytes($"{id}.{timestamp}."), body.Span));
        return [new("webhook-id", id), new("webhook-timestamp", timestamp), new("webhook-signature", $"v1,{signature}")];
    }

    /// <summary>Shared with the sources that anybody may forward in this way.</summary>
    internal static bool IsSigned(Delivery delivery, SourceSettings settings, long now)
    {
        var (id, timestamp, signatures) = (
            delivery.Header("webhook-id"),
            delivery.Header("webhook-timestamp"),
            delivery.Header("webhook-signature")
        );
        if (string.IsNullOrEmpty(id) || signatures is null || !HmacSignature.IsFresh(timestamp, now))
            return false;
        var prefix = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        // Entries of other versions are skipped, not errors.
        var presented = signatures.Split(' ').Select(s => HmacSignature.FromBase64(s, "v1,")).Where(s => s.Length > 0).Take(8).ToArray();
        var matches = false;
        foreach (var secret in settings.Secrets)
        {
            if (KeyOf(secret) is not { Length: > 0 } key)
                continue;
            var expected = HmacSignature.Of(key, prefix, delivery.Body.Span);
            foreach (var signature in presented)
                matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return matches;
    }

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var items = body.ValueKind == JsonValueKind.Array ? body : body.Get("interactions");
        if (items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > MaxItems)
            into.Refuse(null, TooMany);
        else if (items.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in items.EnumerateArray())
            {
                StandardItem.Read(item, null, into);
                into.Index++;
            }
        }
        else if (body.Text("type") == "interaction")
            StandardItem.Read(body.Get("data"), body.Moment("timestamp"), into);
        else
            into.Skip(body.Text("type"));
    }

    private static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret.AsSpan(Prefix.Length) : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, key, out var length) ? key[..length] : [];
    }
}
