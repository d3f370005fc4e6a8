using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>twitch</c>: EventSub by webhook.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>twitch:number</c>, the community is the channel, <c>twitch.tv/login</c>. Signed are the message's id, its moment and the
/// body; an event without an id or a moment of its own has the message's.
/// </para>
/// <para>
/// Following and subscribing are follows, cheering is a like, a raid a share of the channel raided. A chat message that answers another is
/// a reply, each name a mention, any other a post; deleting it takes all of that back. Twitch has no event for unfollows.
/// </para>
/// </remarks>
internal sealed class TwitchConnector : Connector
{
    private const string Signature = "Twitch-Eventsub-Message-Signature";
    private const string MessageId = "Twitch-Eventsub-Message-Id";
    private const string MessageTimestamp = "Twitch-Eventsub-Message-Timestamp";
    private const string MessageType = "Twitch-Eventsub-Message-Type";
    private const string Prefix = "sha256=";
    private const int Window = 600;
    private const int MaxFragments = 500;

    private static readonly string[] Roles = ["user", "chatter_user", "broadcaster_user", "from_broadcaster_user", "to_broadcaster_user"];

    public override string Source => "twitch";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now)
    {
        var (id, timestamp) = (delivery.Header(MessageId), delivery.Header(MessageTimestamp));
        return !string.IsNullOrEmpty(id)
            && SourceTimestamps.Read(timestamp) is { } signed
            && Math.Abs(now - signed) <= Window
            && HmacSignature.IsOfAny(
                HmacSignature.FromHex(delivery.Header(Signature), Prefix),
                settings,
                Encoding.UTF8.GetBytes(id + timestamp),
                delivery.Body.Span
            );
    }

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now)
    {
        var (id, timestamp) = (
            Guid.CreateVersion7().ToString(),
            DateTimeOffset.FromUnixTimeSeconds(now).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)
        );
        var signature = HmacSignature.Of(secret, Encoding.UTF8.GetBytes(id + timestamp), body.Span);
        return [new(MessageId, id), new(MessageTimestamp, timestamp), new(Signature, Prefix + Convert.ToHexStringLower(signature))];
    }

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var (e, name) = (body.Get("event"), body.Text("subscription", "type"));
        switch (delivery.Header(MessageType))
        {
            case "webhook_callback_verification" when body.Text("challenge") is { } challenge:
                into.Reply = HandshakeReply.Text(challenge);
                break;
            case "notification" or null:
                Event(name, new Notification(delivery, e), into);
                break;
            case var type:
                into.Skip(type);
                break;
        }
    }

    private static void Event(string? name, Notification n, Translation into)
    {
        Call(n.Data, into);
        switch (name)
        {
            case "channel.follow":
                into.Add(n.To(InteractionType.Follow, n.Data.Id("user_id"), "follow") with { At = n.Data.Moment("followed_at") ?? n.At });
                break;
            // Who is given a subscription did nothing.
            case "channel.subscribe" when n.Data.IsTrue("is_gift"):
                into.Skip("channel.subscribe.gift");
                break;
            case "channel.subscribe":
                into.Add(n.To(InteractionType.Follow, n.Data.Id("user_id"), "subscribe", n.Id));
                break;
            case "channel.cheer" when n.Data.IsTrue("is_anonymous"):
                into.Skip("channel.cheer.anonymous");
                break;
            case "channel.cheer":
                into.Add(n.To(InteractionType.Like, n.Data.Id("user_id"), "cheer", n.Id));
                break;
            case "channel.raid":
                into.Add(n.To(InteractionType.Share, n.Data.Id("from_broadcaster_user_id"), "raid", n.Id));
                break;
            case "channel.chat.message":
                Chat(n, into);
                break;
            case "channel.chat.message_delete":
                into.TakeBack(n.Key("target_user_id"), n.At);
                break;
            default:
                into.Skip(name);
                break;
        }
    }

    // A name differs from the login in case, or is of another script.
    private static void Call(JsonElement e, Translation into)
    {
        foreach (var role in Roles)
            into.Call(Account(e.Id($"{role}_id")), e.Text($"{role}_name"));
        into.Call(Account(e.Id("reply", "parent_user_id")), e.Text("reply", "parent_user_name"));
        foreach (var named in e.Get("message", "fragments").Each().Take(MaxFragments).Select(f => f.Get("mention")))
            into.Call(Account(named.Id("user_id")), named.Text("user_name"));
    }

    private static void Chat(Notification n, Translation into)
    {
        var e = n.Data;
        // What is said in a chat that several channels share comes once from each of them.
        var id = e.Id("source_message_id") ?? e.Id("message_id");
        if (e.Get("badges").Each().Take(MaxFragments).Any(b => b.Text("set_id") == "bot-badge"))
        {
            into.Skip(Translation.Bot);
            return;
        }

        var act = n.To(InteractionType.Post, e.Id("chatter_user_id"), "post") with
        {
            Target = null,
            Id = FactIds.Of("post", id),
            Object = id,
            Context = Contexts.Of(Hashtags.In(e.Text("message", "text")), n.Community),
        };
        var told = new HashSet<AccountId?> { act.Actor };
        if (e.Id("reply", "parent_user_id") is { } answered)
        {
            told.Add(Account(answered));
            Tell(InteractionType.Reply, answered, FactIds.Of("reply", id));
        }
        else
            into.Add(act);
        foreach (var named in e.Get("message", "fragments").Each().Take(MaxFragments).Select(f => f.Id("mention", "user_id")))
            if (named is not null && told.Count <= Mentions.Max && told.Add(Account(named)))
                Tell(InteractionType.Mention, named, FactIds.Of("mention", id, named));

        void Tell(InteractionType type, string target, string? factId) =>
            into.Remember(n.Key("chatter_user_id"), act with { Type = type, Target = Account(target), Id = factId });
    }

    /// <summary>An event of a channel, and the message it came in.</summary>
    private sealed class Notification(Delivery delivery, JsonElement data)
    {
        public JsonElement Data => data;

        public string? Id => delivery.Header(MessageId);

        public long? At => SourceTimestamps.Read(delivery.Header(MessageTimestamp));

        public string? Community =>
            (data.Text("to_broadcaster_user_login") ?? data.Text("broadcaster_user_login")) is { } login
                ? $"twitch.tv/{login.ToLowerInvariant()}"
                : null;

        private string? Channel => data.Id("to_broadcaster_user_id") ?? data.Id("broadcaster_user_id");

        /// <summary>What somebody does to the channel; of a kind that can happen again, with the message's id.</summary>
        public InteractionDraft To(InteractionType type, string? actor, string kind, params ReadOnlySpan<string?> again) =>
            new()
            {
                Type = type,
                Actor = Account(actor),
                Target = Account(Channel),
                At = At,
                Id = FactIds.Of([kind, Channel, .. again]),
                Context = Contexts.Of([], Community),
            };

        /// <summary>Names a chat message by channel, author and id; empty, and so no key, where one is missing.</summary>
        public string Key(string author) =>
            Channel is { } channel && data.Id(author) is { } who && data.Id("message_id") is { } id ? $"{channel}|{who}|{id}" : "";
    }

    private static AccountId? Account(string? number) => AccountId.TryParse($"twitch:{number}", out var id) ? id : null;
}
