using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>standard</c>: Standard Webhooks 1.0 (standardwebhooks.com) carrying the items of <c>POST /interactions</c>.</summary>
/// <remarks>
/// As <c>{"interactions":[…]}</c>, as a bare array, or one at a time as <c>{"type":"interaction","timestamp":…,"data":{…}}</c>; read
/// by <see cref="FactReader"/> like any other body. Signed is <c>{id}.{timestamp}.{body}</c> with the base64 after <c>whsec_</c>.
/// </remarks>
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
        if (JsonText.RefuseNames(body) is { } refusal)
            into.Refuse(null, refusal);
        else if (body.ValueKind == JsonValueKind.Array || body.Get("interactions").ValueKind != JsonValueKind.Undefined)
            Batch(body, into);
        else if (body.Text("type") == "interaction")
            Event(body, into);
        else
            into.Skip(body.Text("type"));
    }

    private static void Batch(JsonElement body, Translation into)
    {
        if (FactReader.RefuseBatch(body, FactKind.Interactions, out var items) is { } refusal)
            into.Refuse(null, refusal);
        else if (items.GetArrayLength() > MaxItems)
            into.Refuse(null, TooMany);
        else
        {
            foreach (var item in items.EnumerateArray())
            {
                into.Take(FactReader.Read(item, FactKind.Interactions));
                into.Index++;
            }
        }
    }

    private static void Event(JsonElement body, Translation into)
    {
        var timestamp = body.Get("timestamp");
        if (timestamp.Exists() && !Timestamp.TryRead(timestamp, out _) && !body.Get("data", "at").Exists())
            into.Refuse(body.Text("data", "id"), FactRefusal.Invalid("timestamp", Timestamp.Rule));
        else
            into.Take(FactReader.Read(body.Get("data"), FactKind.Interactions, new FactDefaults(null, Seconds(timestamp))));
    }

    private static long? Seconds(JsonElement timestamp) => Timestamp.TryRead(timestamp, out var seconds) ? seconds : null;

    private static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret.AsSpan(Prefix.Length) : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, key, out var length) ? key[..length] : [];
    }
}
