using System.Text.Json;
using Influence.Scoring;

namespace Influence.Connectors;

/// <summary>A source that signs nothing itself: whoever forwards its events shows our function key, or signs as <see cref="StandardConnector"/> has it.</summary>
internal abstract class ForwardedConnector : Connector
{
    private const int MaxEvents = 1000;
    private static readonly FactRefusal TooMany = new(RefusalCode.TooLong, "body", "holds more than 1,000 events: none of them was taken");
    private static readonly StandardConnector Standard = new();

    public sealed override bool IsForwarded => true;

    public sealed override bool IsGenuine(Delivery delivery, SourceSettings settings, long now) => StandardConnector.IsSigned(delivery, settings, now);

    public sealed override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) => Standard.Sign(body, secret, now);

    /// <summary>One event, or an array of them.</summary>
    protected sealed override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        if (body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > MaxEvents)
        {
            into.Refuse(null, TooMany);
            return;
        }

        foreach (var e in body.Each())
        {
            Read(e, into);
            into.Index++;
        }
    }

    /// <summary>One event.</summary>
    protected abstract void Read(JsonElement e, Translation into);
}
