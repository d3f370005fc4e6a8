using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>What sources have in common whose events are not signed but forwarded.</summary>
/// <remarks>
/// With a function key, or signed in the way of <c>standard</c>; one event a body, or up to 1,000 in an array or a line each (NDJSON).
/// </remarks>
internal abstract class ForwardedConnector : Connector
{
    private const int MaxEvents = 1000;
    private static readonly StandardConnector Standard = new();
    private static readonly FactRefusal TooMany = new(RefusalCode.TooLong, "events", "are more than 1,000: none of them was taken");

    public override bool IsForwarded => true;

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        Standard.VerifySignature(delivery, settings, now);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        Standard.Sign(body, secret, now);

    protected override ReadOnlyMemory<byte> JsonOf(ReadOnlyMemory<byte> body) => PayloadBytes.ArrayOfLines(body);

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var events = EventsOf(body);
        if (events.ValueKind == JsonValueKind.Array && events.GetArrayLength() > MaxEvents)
        {
            into.Refuse(null, TooMany);
            return;
        }

        foreach (var e in events.Each())
        {
            Translate(e, into);
            into.Index++;
        }
    }

    /// <summary>The array of events, or the one.</summary>
    protected virtual JsonElement EventsOf(JsonElement body) => body;

    /// <summary>Puts what one event means into the translation.</summary>
    protected abstract void Translate(JsonElement e, Translation into);
}
