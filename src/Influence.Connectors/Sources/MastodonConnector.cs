using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>mastodon</c>: the webhooks that an instance's administrators set up, about what its own people write.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>fediverse:name@host</c> as from <c>activitystreams</c>, topics are the hashtags, the community is the host of who gains.
/// Only statuses that are public or unlisted are scored.
/// </para>
/// <para>
/// A boost is a share, a quotation a quote, an answer a reply, each name a mention; any other status is a post. The author of what is
/// answered is known when the answer mentions them, as Mastodon's own do. There are no events for favourites, follows and deletions.
/// </para>
/// </remarks>
internal sealed class MastodonConnector : Connector
{
    private const string Signature = "X-Hub-Signature";
    private const string Prefix = "sha256=";
    private const int MaxMentions = 64;

    public override string Source => "mastodon";

    public override bool HasInstances => true;

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToHexStringLower(HmacSignature.Of(secret, [], body.Span)))];

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var (name, status) = (body.Text("event"), body.Get("object"));
        into.Instance = InstanceOf(status);
        if (name != "status.created")
            into.Skip(name);
        else if (status.Text("visibility") is not ("public" or "unlisted"))
            into.Skip("status.not_public");
        else if (NotPersons.OnMastodon(status.Get("account")))
            into.Skip(Translation.Bot);
        else
            Status(status, into);
    }

    private static void Status(JsonElement status, Translation into)
    {
        var (id, writer) = (status.Text("uri") ?? status.Text("url"), Account(status.Get("account")));
        var topics = status.Get("tags").Each().Select(t => t.Text("name")).ToArray();
        var act = new InteractionDraft
        {
            Type = InteractionType.Post,
            Actor = writer,
            At = status.Moment("created_at"),
            Id = FactIds.Of("post", id),
            Object = status.Text("url") ?? id,
            Context = Contexts.Of(topics, FediverseAddress.Host(writer)),
        };
        var told = new HashSet<AccountId?> { writer };
        var mentioned = status.Get("mentions").Each().Take(MaxMentions).ToArray();
        var (boosted, quoted, answered) = (status.Get("reblog"), Quoted(status), status.Id("in_reply_to_account_id"));
        foreach (var account in mentioned.Append(boosted.Get("account")).Append(quoted.Get("account")).Append(status.Get("account")))
            Call(account, into);
        if (boosted.Exists())
        {
            About(boosted.Get("account"), InteractionType.Share, "share");
            return;
        }

        if (answered is not null)
            About(
                answered == status.Id("account", "id") ? status.Get("account") : mentioned.FirstOrDefault(m => m.Id("id") == answered),
                InteractionType.Reply,
                "reply"
            );
        if (quoted.Exists())
            About(quoted.Get("account"), InteractionType.Quote, "quote");
        if (answered is null && !quoted.Exists())
            into.Add(act);
        foreach (var person in mentioned.Take(Mentions.Max))
            if (Account(person) is { } account && told.Add(account))
                Tell(InteractionType.Mention, account, FactIds.Of("mention", id, account.Value));

        // Who is answered anyway is neither quoted nor mentioned on top; what people do to themselves is counted as such.
        void About(JsonElement author, InteractionType type, string kind)
        {
            var account = Account(author);
            if (!author.Exists())
                into.Skip($"{kind}.unknown_author");
            else if (NotPersons.OnMastodon(author))
                into.Skip(Translation.Bot);
            else if (told.Add(account) || account == writer)
                Tell(type, account, FactIds.Of(kind, id));
        }

        void Tell(InteractionType type, AccountId? target, string? factId) =>
            into.Add(act with { Type = type, Target = target, Id = factId, Context = Contexts.Of(topics, FediverseAddress.Host(target)) });
    }

    // One that its author has refused, or has yet to allow, is not shown.
    private static JsonElement Quoted(JsonElement status)
    {
        var quote = status.Get("quote");
        return quote.Text("state") is null or "accepted" ? quote.Get("quoted_status") : default;
    }

    // Where a status is written; of an account or a report, where the account is that is its own (it has no domain).
    private static string? InstanceOf(JsonElement thing) =>
        Hosts.Of(thing.Text("uri"))
        ?? new[] { thing, thing.Get("account"), thing.Get("target_account") }
            .Where(a => a.Get("account").Exists() && a.Text("domain") is null)
            .Select(a => Hosts.Of(a.Text("account", "url")))
            .FirstOrDefault(h => h is not null);

    // The page of an account names it by its name also where its actor is only a number.
    private static AccountId? Account(JsonElement account) =>
        FediverseAddress.Account(account.Text("url")) ?? FediverseAddress.Account(account.Text("uri"));

    private static void Call(JsonElement account, Translation into)
    {
        if (Account(account) is { } id)
            into.Call(id, account.Text("display_name"), FediverseAddress.HandleOf(id, account.Text("username")));
    }
}
