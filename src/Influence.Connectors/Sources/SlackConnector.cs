using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>slack</c>: the Events API.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>slack:workspace/user</c>, the community is <c>slack.com/workspace</c>. Signed is <c>v0:{timestamp}:{body}</c>. Direct
/// messages are not scored.
/// </para>
/// <para>
/// A reaction is a like of the message's author and ends with its removal; a message in a thread is a reply to the author of the thread,
/// a forwarded one a share or (with words) a quote of its author, each <c>&lt;@user&gt;</c> a mention, anything else a post. A deletion
/// takes back what the message did.
/// </para>
/// </remarks>
internal sealed class SlackConnector : Connector
{
    private const string Signature = "X-Slack-Signature";
    private const string Timestamp = "X-Slack-Request-Timestamp";
    private const string Version = "v0=";

    public override string Source => "slack";

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

        var (e, team) = (body.Get("event"), body.Text("team_id"));
        var subtype = e.Text("subtype");
        switch (e.Text("type"))
        {
            case "reaction_added":
                into.Add(Reaction(e, team));
                break;
            case "reaction_removed":
                into.Undo(Reaction(e, team));
                break;
            case "message" when e.Text("channel_type") is "im" or "mpim":
                into.Skip("message.direct");
                break;
            case "message" when subtype == "message_deleted":
                Message(e.Get("previous_message"), e, team, into, isDeleted: true);
                break;
            // What has answers is not deleted but emptied.
            case "message" when subtype == "message_changed" && e.Text("message", "subtype") == "tombstone":
                Message(e.Get("previous_message"), e, team, into, isDeleted: true);
                break;
            case "message" when subtype is null or "thread_broadcast" or "file_share" or "me_message":
                Message(e, e, team, into, isDeleted: false);
                break;
            case "message":
                into.Skip($"message.{subtype}");
                break;
            case var type:
                into.Skip(type ?? body.Text("type"));
                break;
        }
    }

    private static InteractionDraft Reaction(JsonElement e, string? team)
    {
        var item = e.Get("item");
        var message = item.Id("ts") is { } ts ? $"{item.Id("channel")}/{ts}" : item.Id("file");
        return new()
        {
            Type = InteractionType.Like,
            Actor = Account(team, e.Text("user")),
            Target = Account(team, e.Text("item_user")),
            At = e.Moment("event_ts"),
            Id = FactIds.Of("reaction", message, e.Text("reaction")),
            Object = message,
            Context = Context(team),
        };
    }

    private static void Message(JsonElement message, JsonElement e, string? team, Translation into, bool isDeleted)
    {
        if (message.Get("bot_id").Exists())
        {
            into.Skip("bot");
            return;
        }

        var (channel, ts, text) = (e.Id("channel"), message.Id("ts"), message.Text("text"));
        var act = new InteractionDraft
        {
            Type = InteractionType.Post,
            Actor = Account(team, message.Text("user")),
            At = isDeleted ? e.Moment("ts") ?? e.Moment("event_ts") : message.Moment("ts"),
            Id = FactIds.Of("post", channel, ts),
            Object = $"{channel}/{ts}",
            Context = Context(team),
        };
        var told = new HashSet<AccountId?> { act.Actor };
        if (message.Id("thread_ts") is { } thread && thread != ts)
            Tell(
                act with
                {
                    Type = InteractionType.Reply,
                    Target = Account(team, message.Text("parent_user_id")),
                    Id = FactIds.Of("reply", channel, ts),
                }
            );
        foreach (var shared in message.Get("attachments").Each().Where(a => a.IsTrue("is_share")).Take(Mentions.Max))
            Tell(
                act with
                {
                    Type = text is null ? InteractionType.Share : InteractionType.Quote,
                    Target = Account(team, shared.Text("author_id")),
                    Id = FactIds.Of("share", channel, ts, shared.Id("ts") ?? shared.Text("from_url")),
                }
            );
        if (told.Count == 1 && !isDeleted)
            into.Add(act);
        foreach (var user in Named(text))
            if (!told.Contains(Account(team, user)))
                Tell(
                    act with
                    {
                        Type = InteractionType.Mention,
                        Target = Account(team, user),
                        Id = FactIds.Of("mention", channel, ts, user),
                    }
                );

        void Tell(InteractionDraft draft)
        {
            told.Add(draft.Target);
            if (isDeleted)
                into.Undo(draft);
            else
                into.Add(draft);
        }
    }

    private static IEnumerable<string> Named(string? text)
    {
        var found = 0;
        for (
            var at = text?.IndexOf("<@", StringComparison.Ordinal) ?? -1;
            at >= 0 && found < Mentions.Max;
            at = text!.IndexOf("<@", at + 2, StringComparison.Ordinal)
        )
        {
            var end = at + 2;
            while (end < text!.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            if (end == at + 2 || end == text.Length || text[end] is not ('>' or '|'))
                continue;
            found++;
            yield return text[(at + 2)..end];
        }
    }

    private static byte[] Prefix(string timestamp) => Encoding.UTF8.GetBytes($"v0:{timestamp}:");

    private static AccountId? Account(string? team, string? user) =>
        team is not null && user is not null && AccountId.TryParse($"slack:{team}/{user}", out var id) ? id : null;

    private static FactContext Context(string? team) => Contexts.Of([], team is null ? null : $"slack.com/{team}");
}
