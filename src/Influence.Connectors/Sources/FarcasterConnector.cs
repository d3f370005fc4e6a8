using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>farcaster</c>: casts, reactions and follows of Farcaster, from the webhooks of Neynar.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>farcaster:fid</c>, the community is the channel, <c>farcaster.xyz/channel</c>. Signed is the body, with SHA-512.
/// </para>
/// <para>
/// A like is a like and a recast a share of the cast's author, a follow a follow; each ends when it is deleted. A cast that answers another
/// is a reply, one that embeds another a quote, each name a mention, any other cast a post. A deleted cast takes back all that it did.
/// </para>
/// </remarks>
internal sealed class FarcasterConnector : Connector
{
    private const string Signature = "X-Neynar-Signature";
    private const int MaxEmbeds = 16;

    public override string Source => "farcaster";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now)
    {
        var (presented, matches) = (Encoding.UTF8.GetBytes(delivery.Header(Signature) ?? ""), false);
        foreach (var secret in settings.Secrets)
            if (secret.Length > 0)
                matches |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hex(delivery.Body, secret)), presented);
        return matches;
    }

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Hex(body, secret))];

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var (name, data) = (body.Text("type"), body.Get("data"));
        Call(data, into);
        switch (name, data.Id("reaction_type"))
        {
            case ("cast.created", _):
                Cast(data, into);
                break;
            case ("cast.deleted", _):
                into.TakeBack(Key(data), Moment(body, data, isDeleted: true));
                break;
            case ("follow.created" or "follow.deleted", _):
                Tell(
                    Act(InteractionType.Follow, body, data) with
                    {
                        Target = Account(data.Get("target_user")),
                        Id = FactIds.Of("follow", data.Id("target_user", "fid")),
                    }
                );
                break;
            case ("reaction.created" or "reaction.deleted", "1"):
                Tell(OfCast(InteractionType.Like, "like"));
                break;
            case ("reaction.created" or "reaction.deleted", "2"):
                Tell(OfCast(InteractionType.Share, "recast"));
                break;
            default:
                into.Skip(name);
                break;
        }

        InteractionDraft OfCast(InteractionType type, string kind) =>
            Act(type, body, data) with
            {
                Target = Account(data.Get("cast", "author")),
                Id = FactIds.Of(kind, data.Id("cast", "hash")),
                Object = data.Id("cast", "hash"),
            };

        void Tell(InteractionDraft draft)
        {
            // Without an id it would take back more than one.
            if (draft.Id is null)
                into.Skip(Translation.Malformed);
            else if (name!.EndsWith(".deleted", StringComparison.Ordinal))
                into.Undo(draft);
            else
                into.Add(draft);
        }
    }

    // By the user name, which alone is in every event.
    private static void Call(JsonElement data, Translation into)
    {
        var quoted = data.Get("embeds").Each().Take(MaxEmbeds).Select(QuotedAuthor);
        JsonElement[] named = [data.Get("user"), data.Get("target_user"), data.Get("cast", "author"), data.Get("author")];
        foreach (var user in named.Concat(quoted).Concat(data.Get("mentioned_profiles").Each().Take(Mentions.Max)))
            into.Call(Account(user), user.Text("username") is { } userName ? $"@{userName}" : null, user.Text("display_name"));
    }

    private static void Cast(JsonElement cast, Translation into)
    {
        var (hash, writer) = (cast.Id("hash"), Account(cast.Get("author")));
        var act = new InteractionDraft
        {
            Type = InteractionType.Post,
            Actor = writer,
            At = cast.Moment("timestamp"),
            Id = FactIds.Of("post", hash),
            Object = hash,
            Context = Contexts.Of(
                Hashtags.In(cast.Text("text")),
                cast.Text("channel", "id") is { } channel ? $"farcaster.xyz/{channel.ToLowerInvariant()}" : null
            ),
        };
        var told = new HashSet<AccountId?> { writer };
        var answered = cast.Get("parent_author", "fid").Exists();
        var quoted = cast.Get("embeds").Each().Take(MaxEmbeds).Select(QuotedAuthor).Where(a => a.Exists()).ToArray();
        if (answered)
            About(cast.Get("parent_author"), InteractionType.Reply, "reply");
        foreach (var author in quoted)
            About(author, InteractionType.Quote, "quote");
        if (!answered && quoted.Length == 0)
            into.Add(act);
        foreach (var person in cast.Get("mentioned_profiles").Each().Take(Mentions.Max))
            if (Account(person) is { } account && told.Add(account))
                Tell(InteractionType.Mention, account, FactIds.Of("mention", hash, person.Id("fid")));

        // Who is answered anyway is neither quoted nor mentioned on top; what people do to themselves is counted as such.
        void About(JsonElement author, InteractionType type, string kind)
        {
            var account = Account(author);
            if (told.Add(account) || account == writer)
                Tell(type, account, FactIds.Of(kind, hash, author.Id("fid")));
        }

        void Tell(InteractionType type, AccountId? target, string? id) =>
            into.Remember(Key(cast), act with { Type = type, Target = target, Id = id });
    }

    // Older deliveries give the id of the cast, newer ones the cast itself.
    private static JsonElement QuotedAuthor(JsonElement embed) =>
        embed.Get("cast", "author", "fid").Exists() ? embed.Get("cast", "author")
        : embed.Get("cast_id", "fid").Exists() ? embed.Get("cast_id")
        : default;

    // Empty, and so no key, where either part is missing.
    private static string Key(JsonElement cast) =>
        cast.Id("author", "fid") is { } author && cast.Id("hash") is { } hash ? $"{author}|cast|{hash}" : "";

    private static InteractionDraft Act(InteractionType type, JsonElement body, JsonElement data) =>
        new()
        {
            Type = type,
            Actor = Account(data.Get("user")),
            At = Moment(body, data, isDeleted: body.Text("type")!.EndsWith(".deleted", StringComparison.Ordinal)),
            Id = null,
        };

    // Of something deleted, the timestamp may be that of its beginning: the event's own moment comes first.
    private static long? Moment(JsonElement body, JsonElement data, bool isDeleted)
    {
        var (ofEvent, ofDelivery) = (data.Moment("event_timestamp") ?? body.Moment("event_timestamp"), body.Moment("created_at"));
        return isDeleted ? ofEvent ?? ofDelivery : data.Moment("timestamp") ?? ofEvent ?? ofDelivery;
    }

    private static string Hex(ReadOnlyMemory<byte> body, string secret) =>
        Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), body.Span));

    private static AccountId? Account(JsonElement user) => AccountId.TryParse($"farcaster:{user.Id("fid")}", out var id) ? id : null;
}
