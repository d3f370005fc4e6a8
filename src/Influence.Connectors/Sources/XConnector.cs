using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>x</c>: the X Activity API and the older Account Activity API.</summary>
/// <remarks>
/// <para>
/// The body says which: <c>{"data":…}</c> or <c>{"for_user_id":…}</c>. Accounts are <c>x:number</c>, since handles change; topics are
/// the hashtags. The signature is base64, the handshake (CRC) a token to be signed.
/// </para>
/// <para>
/// A reply, quote, repost or mention is remembered by kind, author and post, because its deletion names only the post. Ids of events are
/// never used: one post comes as up to three events, each with an id of its own.
/// </para>
/// </remarks>
internal sealed class XConnector : Connector
{
    private const string Signature = "x-twitter-webhooks-signature";
    private const string Prefix = "sha256=";
    private const int MaxToken = 512;

    // The handshake signs what anybody sends, with the key and in the form of deliveries. A token that could be a body would be a forged
    // delivery: JSON begins with a brace or a bracket, and neither is here.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/=.~"
    );

    public override string Source => "x";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromBase64(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToBase64String(HmacSignature.Of(secret, [], body.Span)))];

    // The first secret answers: while one replaces another, the one that X has at the moment stands first.
    public override HandshakeReply? AnswerHandshake(Delivery delivery, SourceSettings settings)
    {
        if (delivery.Query("crc_token") is not { Length: > 0 and <= MaxToken } token || token.AsSpan().ContainsAnyExcept(TokenCharacters))
            return null;
        if (settings.Secrets.FirstOrDefault(s => s.Length > 0) is not { } secret)
            return null;
        return HandshakeReply.Json(
            $$"""{"response_token":"{{Prefix}}{{Convert.ToBase64String(HmacSignature.Of(secret, [], Encoding.UTF8.GetBytes(token)))}}"}"""
        );
    }

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        if (body.Get("data").Exists())
            XActivity.Translate(body, into);
        else
            XAccountActivity.Translate(body, into);
    }

    /// <summary>One account follows another, or no longer does.</summary>
    /// <remarks>Remembered where the event does not say when: it is dated when that event first came, however often it comes.</remarks>
    /// <param name="source">The number of who follows.</param>
    /// <param name="target">The number of who is followed.</param>
    /// <param name="at">When, if the event says so.</param>
    /// <param name="name">Names the event, the same when it is sent again; null where it has no name.</param>
    /// <param name="isEnd">Whether it ends.</param>
    /// <param name="into">Takes it.</param>
    internal static void Follow(string? source, string? target, long? at, string? name, bool isEnd, Translation into)
    {
        var key = $"{(isEnd ? "unfollow" : "follow")}|{source}|{target}|{name}";
        var draft = new InteractionDraft
        {
            Type = InteractionType.Follow,
            Actor = XPost.Account(source),
            Target = XPost.Account(target),
            At = at,
            Id = FactIds.Of("follow", target),
        };
        if (isEnd && at is null && name is not null)
            into.RememberUndo(key, draft);
        else if (isEnd)
            into.Undo(draft);
        else if (at is null)
            into.Remember(key, draft);
        else
            into.Add(draft);
    }
}
