using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>meta</c>: Facebook pages, Instagram and Threads.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>facebook:number</c>, <c>instagram:number</c> and <c>threads:username</c>; topics are the hashtags. A delivery holds up
/// to 1,000 updates, in one of three shapes or in the one of Threads; private messages are not scored.
/// </para>
/// <para>
/// A delivery has no id and no order: facts are identified by actor, kind and object. The moment is the update's own; the delivery's
/// <c>time</c> is that of sending, so that an update without a moment is remembered, and what came first stands.
/// </para>
/// </remarks>
internal sealed class MetaConnector : Connector
{
    private const string Signature = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";
    private const int MaxChallenge = 256;

    // What comes from the query goes back to the caller: nothing that a browser could take for markup.
    private static readonly SearchValues<char> ChallengeCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/=."
    );

    public override string Source => "meta";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToHexStringLower(HmacSignature.Of(secret, [], body.Span)))];

    public override HandshakeReply? AnswerHandshake(Delivery delivery, SourceSettings settings)
    {
        if (
            settings.VerifyToken is not { Length: > 0 } expected
            || delivery.Query("hub.mode") != "subscribe"
            || delivery.Query("hub.verify_token") is not { } token
        )
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token)))
            return null;
        return
            delivery.Query("hub.challenge") is { Length: > 0 and <= MaxChallenge } challenge
            && !challenge.AsSpan().ContainsAnyExcept(ChallengeCharacters)
            ? HandshakeReply.Text(challenge)
            : null;
    }

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        // The documentation shows deliveries within an array; real ones are an object.
        foreach (var notice in body.Each())
        {
            // What every update needs is looked up once.
            var (topic, sent) = (notice.Text("object"), new MetaEntry(null, notice.Moment("time")));
            if (notice.Get("values").Exists())
                Each(notice.Get("values"), change => MetaThreads.Update(sent, change.Text("field"), change.Get("value"), into), into);
            else if (notice.Get("entry").Exists())
                Each(notice.Get("entry"), entry => Entry(topic, entry, into), into);
            else
                into.Skip(Translation.Malformed);
        }
    }

    private static void Entry(string? topic, JsonElement entry, Translation into)
    {
        var (isEmpty, about) = (true, new MetaEntry(entry.Id("id"), entry.Moment("time")));
        foreach (var change in entry.Get("changes").Each())
            Change(change);
        if (entry.Get("field").Exists())
            Change(entry);
        foreach (var shape in (ReadOnlySpan<string>)["messaging", "standby"])
        foreach (var _ in entry.Get(shape).Each())
        {
            isEmpty = false;
            into.Skip(shape);
            into.Index++;
        }

        if (isEmpty)
            into.Skip(Translation.Malformed);

        void Change(JsonElement change)
        {
            isEmpty = false;
            var (field, value) = (change.Text("field"), change.Get("value"));
            if (topic == "page")
                MetaPage.Update(about, field, value, into);
            else if (topic == "instagram")
                MetaInstagram.Update(about, field, value, into);
            else if (topic == "threads")
                MetaThreads.Update(about, field, value, into);
            else
                into.Skip(topic);
            into.Index++;
        }
    }

    private static void Each(JsonElement all, Action<JsonElement> read, Translation into)
    {
        var before = into.Index;
        foreach (var one in all.Each())
        {
            read(one);
            if (into.Index == before)
                into.Index++;
            before = into.Index;
        }
    }
}
