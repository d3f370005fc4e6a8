using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>slack</c>: the Events API.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>slack:TEAM/USER</c>, the user's own team, which in a shared channel is not the channel's; the community is
/// <c>slack.com/team</c>, the channel's. Signed is <c>v0:{timestamp}:{body}</c>. Direct messages are never scored, private channels only
/// where that is switched on.
/// </para>
/// <para>
/// A reaction is a like of the message's author and ends with its removal; a message in a thread is a reply to the author of the thread,
/// a forwarded one a share or (with words) a quote of its author, each <c>&lt;@user&gt;</c> a mention, anything else a post. What a message
/// did is remembered under its channel and moment, so that its deletion takes back what it said at first.
/// </para>
/// </remarks>
internal sealed class SlackConnector : Connector
{
    private const string Signature = "X-Slack-Signature";
    private const string Timestamp = "X-Slack-Request-Timestamp";
    private const string Version = "v0=";

    public override string Source => "slack";

    public override bool HasPrivate => true;

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now)
    {
        var timestamp = delivery.Header(Timestamp);
        return HmacSignature.IsFresh(timestamp, now)
            && HmacSignature.IsOfAny(
                HmacSignature.FromHex(delivery.Header(Signature), Version),
                settings,
                Prefix(timestamp!),
                delivery.Body.Span
            );
    }

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now)
    {
        var timestamp = now.ToString(CultureInfo.InvariantCulture);
        return
        [
            new(Timestamp, timestamp),
            new(Signature, Version + Convert.ToHexStringLower(HmacSignature.Of(secret, Prefix(timestamp), body.Span))),
        ];
    }

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        if (body.Text("type") == "url_verification" && body.Text("challenge") is { } challenge)
        {
            into.Reply = HandshakeReply.Text(challenge);
            return;
        }

        var (e, within) = (body.Get("event"), new SlackPlace(body.Text("team_id"), NotPersons.OnSlack(body)));
        if (SlackPlace.Refuse(e, into.IncludesPrivate) is { } reason)
            into.Skip($"{e.Text("type")}.{reason}");
        else
            Event(e, within, body.Text("type"), into);
    }

    private static void Event(JsonElement e, SlackPlace within, string? bodyType, Translation into)
    {
        var subtype = e.Text("subtype");
        switch (e.Text("type"))
        {
            case "reaction_added" when !IsBot(within, into, e.Text("user"), e.Text("item_user")):
                into.Add(Reaction(e, within));
                break;
            case "reaction_removed" when !IsBot(within, into, e.Text("user"), e.Text("item_user")):
                into.Undo(Reaction(e, within));
                break;
            case "reaction_added" or "reaction_removed":
                break;
            case "message" when subtype == "message_deleted":
                TakeBack(e, within, into);
                break;
            // What has answers is not deleted but emptied.
            case "message" when subtype == "message_changed" && e.Text("message", "subtype") == "tombstone":
                TakeBack(e, within, into);
                break;
            case "message" when subtype is null or "thread_broadcast" or "file_share" or "me_message":
                Message(e, within, into);
                break;
            case "message":
                into.Skip($"message.{subtype}");
                break;
            case var type:
                into.Skip(type ?? bodyType);
                break;
        }
    }

    private static InteractionDraft Reaction(JsonElement e, SlackPlace within)
    {
        var item = e.Get("item");
        var message = item.Id("ts") is { } ts ? $"{item.Id("channel")}/{ts}" : item.Id("file");
        return new()
        {
            Type = InteractionType.Like,
            Actor = within.Account(e.Text("user")),
            Target = within.Account(e.Text("item_user")),
            At = e.Moment("event_ts"),
            Id = FactIds.Of("reaction", message, e.Text("reaction")),
            Object = message,
            Context = within.Context,
        };
    }

    private static void Message(JsonElement message, SlackPlace within, Translation into)
    {
        var author = message.Text("user");
        if (message.Get("bot_id").Exists())
            into.Skip(Translation.Bot);
        else if (!IsBot(within, into, author))
            Message(message, within, author, into);
    }

    private static void Message(JsonElement message, SlackPlace within, string? author, Translation into)
    {
        var (channel, ts, text) = (message.Id("channel"), message.Id("ts"), message.Text("text"));
        var profile = message.Get("user_profile");
        into.Call(within.Account(author, TeamOf(message)), profile.Text("display_name"), profile.Text("real_name"), profile.Text("name"));
        var act = new InteractionDraft
        {
            Type = InteractionType.Post,
            Actor = within.Account(author, TeamOf(message)),
            At = message.Moment("ts"),
            Id = FactIds.Of("post", channel, ts),
            Object = $"{channel}/{ts}",
            Context = within.Context,
        };
        var told = new HashSet<string?>(StringComparer.Ordinal) { author };
        if (message.Id("thread_ts") is { } thread && thread != ts)
        {
            // A reply that is also sent to the channel brings the thread's first message along instead.
            var root = message.Get("root");
            Tell(
                InteractionType.Reply,
                message.Text("parent_user_id") ?? root.Text("user"),
                FactIds.Of("reply", channel, ts),
                TeamOf(root)
            );
        }

        var kind = text is null ? InteractionType.Share : InteractionType.Quote;
        foreach (var shared in message.Get("attachments").Each().Where(a => a.IsTrue("is_share")).Take(Mentions.Max))
            Tell(kind, shared.Text("author_id"), FactIds.Of("share", channel, ts, shared.Id("ts") ?? shared.Text("from_url")));
        if (told.Count == 1)
            into.Add(act);
        foreach (var user in SlackText.Named(text))
            if (!told.Contains(user))
                Tell(InteractionType.Mention, user, FactIds.Of("mention", channel, ts, user));

        void Tell(InteractionType type, string? user, string? id, string? team = null)
        {
            told.Add(user);
            var target = user == author ? act.Actor : within.Account(user, team);
            if (!IsBot(within, into, user))
                into.Remember(Key(within, channel, ts), act with { Type = type, Target = target, Id = id });
        }
    }

    private static void TakeBack(JsonElement e, SlackPlace within, Translation into)
    {
        var ts = e.Id("deleted_ts") ?? e.Id("previous_message", "ts") ?? e.Id("message", "ts");
        into.TakeBack(Key(within, e.Id("channel"), ts), e.Moment("ts") ?? e.Moment("event_ts"));
    }

    // Only Slack signs, so that a deletion, which may be an administrator's, need not be its author's.
    private static string Key(SlackPlace within, string? channel, string? ts) =>
        within.Team is null || channel is null || ts is null ? "" : $"{within.Team}|{channel}|{ts}";

    private static string? TeamOf(JsonElement message) => message.Text("user_team") ?? message.Text("team");

    private static bool IsBot(SlackPlace within, Translation into, params ReadOnlySpan<string?> users)
    {
        foreach (var user in users)
        {
            if (user is null || !within.Bots.Contains(user))
                continue;
            into.Skip(Translation.Bot);
            return true;
        }

        return false;
    }

    private static byte[] Prefix(string timestamp) => Encoding.UTF8.GetBytes($"v0:{timestamp}:");
}
