using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>telegram</c>: updates of the Bot API about groups and channels.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>telegram:number</c>, channels and groups that speak for themselves included; the community is <c>t.me/name</c>. The
/// secret of <c>setWebhook</c> is shown as it is in a header. Private chats are never scored, groups without a public name only where that
/// is switched on.
/// </para>
/// <para>
/// An answer is a reply, a forwarded message a share, each person named by a link a mention, any other message or channel post a post. A
/// reaction to a channel post is a like and ends when it is taken away. Telegram does not say whose message a reaction in a group is on,
/// nor whose number a bare <c>@name</c> is unless that person is in the same message.
/// </para>
/// </remarks>
internal sealed class TelegramConnector : Connector
{
    private const string Secret = "X-Telegram-Bot-Api-Secret-Token";
    private const int MaxEntities = 100;

    private static readonly string[] Updates =
    [
        "message",
        "channel_post",
        "message_reaction",
        "edited_message",
        "edited_channel_post",
        "message_reaction_count",
        "chat_member",
        "my_chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "poll",
        "poll_answer",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "business_connection",
        "business_message",
    ];

    // What a person says or shows. A message with none of these tells what happened in the chat.
    private static readonly string[] Contents =
    [
        "text",
        "photo",
        "video",
        "animation",
        "audio",
        "document",
        "voice",
        "video_note",
        "sticker",
        "poll",
        "location",
        "contact",
        "dice",
        "story",
        "paid_media",
        "checklist",
    ];

    public override string Source => "telegram";

    public override bool HasPrivate => true;

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        SharedSecret.IsAnyOf(delivery.Header(Secret), settings.Secrets);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Secret, secret)];

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var name = Updates.FirstOrDefault(u => body.Get(u).ValueKind == JsonValueKind.Object);
        var update = name is null ? default : body.Get(name);
        var chat = update.Get("chat");
        TelegramNames.Call(update, into);
        if (name is not ("message" or "channel_post" or "message_reaction"))
            into.Skip(name ?? Translation.Other);
        else if (chat.Text("type") is not ("group" or "supergroup" or "channel"))
            into.Skip("private_chat");
        else if (chat.Text("username") is null && !into.IncludesPrivate)
            into.Skip("private_group");
        else if (name == "message_reaction")
            React(chat, update, into);
        else if (update.IsTrue("is_automatic_forward"))
            into.Skip("message.automatic_forward");
        else if (!Contents.Any(c => update.Get(c).Exists()))
            into.Skip("message.service");
        else
            new Message(chat, update, into).Take();
    }

    private static void React(JsonElement chat, JsonElement update, Translation into)
    {
        var (before, after) = (HasAny(update, "old_reaction"), HasAny(update, "new_reaction"));
        var draft = new InteractionDraft
        {
            Type = InteractionType.Like,
            Actor = Account(update.Get("user")) ?? Account(update.Get("actor_chat")),
            Target = Account(chat),
            At = update.Moment("date"),
            Id = FactIds.Of("reaction", chat.Id("id"), update.Id("message_id")),
            Object = Address(chat, update),
            Context = Context(chat, null),
        };
        if (chat.Text("type") != "channel")
            into.Skip("message_reaction.unknown_author");
        else if (update.IsTrue("user", "is_bot"))
            into.Skip(Translation.Bot);
        // Without an id the taking back would be of more than one.
        else if (draft.Id is null)
            into.Skip(Translation.Malformed);
        else if (after && !before)
            into.Add(draft);
        else if (before && !after)
            into.Undo(draft);
        else
            into.Skip("message_reaction.changed");
    }

    /// <summary>A message in a group, or a post in a channel.</summary>
    private sealed class Message(JsonElement chat, JsonElement message, Translation into)
    {
        private readonly HashSet<AccountId?> told = [];

        public void Take()
        {
            if (AuthorOf(message) is not { } author)
            {
                into.Skip(Translation.Bot);
                return;
            }

            told.Add(author);
            var (chatId, id) = (chat.Id("id"), message.Id("message_id"));
            var act = new InteractionDraft
            {
                Type = InteractionType.Post,
                Actor = author,
                At = message.Moment("date"),
                Id = FactIds.Of("post", chatId, id),
                Object = Address(chat, message),
                Context = Context(chat, message.Text("text") ?? message.Text("caption")),
            };
            var (answered, forwarded) = (Answered(message), message.Get("forward_origin"));
            if (forwarded.Exists())
                About(Origin(forwarded), InteractionType.Share, "share");
            if (answered.Exists())
                About(AuthorOf(answered), InteractionType.Reply, "reply");
            if (!forwarded.Exists() && !answered.Exists())
                into.Add(act);
            // What is forwarded names whom its author named, not whom the forwarder does.
            foreach (var person in forwarded.Exists() ? [] : Named().Take(Mentions.Max))
                if (told.Add(person))
                    Tell(InteractionType.Mention, person, FactIds.Of("mention", chatId, id, person.Value));

            // Who is answered anyway is not mentioned on top; an answer to oneself is counted as such.
            void About(AccountId? whom, InteractionType type, string kind)
            {
                if (whom is null)
                    into.Skip($"{kind}.unknown_author");
                else if (told.Add(whom) || whom == author)
                    Tell(type, whom, FactIds.Of(kind, chatId, id));
            }

            void Tell(InteractionType type, AccountId? target, string? factId) =>
                into.Add(act with { Type = type, Target = target, Id = factId });
        }

        private IEnumerable<AccountId> Named()
        {
            foreach (var (text, entities) in new[] { ("text", "entities"), ("caption", "caption_entities") })
            foreach (var entity in message.Get(entities).Each().Take(MaxEntities))
            {
                if (entity.Text("type") == "text_mention" && !entity.IsTrue("user", "is_bot") && Account(entity.Get("user")) is { } linked)
                    yield return linked;
                else if (entity.Text("type") == "mention")
                {
                    if (Known(Part(message.Text(text), entity)) is { } known)
                        yield return known;
                    else
                        into.Skip("mention.unknown_account");
                }
            }
        }

        // One person has one id, the number: a bare name without it would make a second one.
        private AccountId? Known(string? name) =>
            new[] { message.Get("reply_to_message", "from"), message.Get("reply_to_message", "sender_chat"), message.Get("from"), chat }
                .Where(p => !p.IsTrue("is_bot") && p.Text("username") is { } n && n.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(Account)
                .FirstOrDefault();

        // Offsets count UTF-16 units, as here.
        private static string? Part(string? text, JsonElement entity) =>
            entity.Get("offset") is { ValueKind: JsonValueKind.Number } o
            && o.TryGetInt32(out var offset)
            && entity.Get("length") is { ValueKind: JsonValueKind.Number } l
            && l.TryGetInt32(out var length)
            && offset >= 0
            && length > 1
            && text is not null
            && length <= text.Length - offset
                ? text.Substring(offset + 1, length - 1)
                : null;

        // In a forum every message answers the one that opened its topic.
        private static JsonElement Answered(JsonElement message)
        {
            var answered = message.Get("reply_to_message");
            return answered.Get("forum_topic_created").Exists() ? default : answered;
        }
    }

    // In the name of a channel where there is one; who stays anonymous as an administrator speaks for nobody.
    private static AccountId? AuthorOf(JsonElement message)
    {
        var (author, chat) = (message.Get("sender_chat"), message.Get("chat"));
        if (author.Exists())
            return author.Id("id") == chat.Id("id") && chat.Text("type") != "channel" ? null : Account(author);
        var from = message.Get("from");
        return from.IsTrue("is_bot") ? null : Account(from);
    }

    private static AccountId? Origin(JsonElement origin) =>
        origin.IsTrue("sender_user", "is_bot")
            ? null
            : Account(origin.Get("sender_user")) ?? Account(origin.Get("sender_chat")) ?? Account(origin.Get("chat"));

    private static bool HasAny(JsonElement update, string name) =>
        update.Get(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;

    private static string Address(JsonElement chat, JsonElement message) => $"https://{Place(chat)}/{message.Id("message_id")}";

    private static FactContext Context(JsonElement chat, string? text) => Contexts.Of(Hashtags.In(text), Place(chat));

    private static string Place(JsonElement chat) => $"t.me/{chat.Text("username")?.ToLowerInvariant() ?? chat.Id("id")}";

    internal static AccountId? Account(JsonElement person) => AccountId.TryParse($"telegram:{person.Id("id")}", out var id) ? id : null;
}
