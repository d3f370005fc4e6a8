using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>discourse</c>: post and like events of forums.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>discourse:forum.host/username</c> in lower case, the forum's host is the community, the category the topic; the forum
/// is named by the header <c>X-Discourse-Instance</c>. Bodies may be form-encoded. Personal messages are not scored.
/// </para>
/// <para>
/// A post that answers somebody is a reply, one that quotes somebody else a quote, each <c>@name</c> a mention; any other post is a post.
/// Who opened a topic is not in a post that answers just the topic, so that such an answer is a post as well. A like carries no moment:
/// it is remembered, so that the moment it first came stands on every retry. Discourse sends no event for an unlike.
/// </para>
/// </remarks>
internal sealed class DiscourseConnector : Connector
{
    private const string Signature = "X-Discourse-Event-Signature";
    private const string Prefix = "sha256=";

    public override string Source => "discourse";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToHexStringLower(HmacSignature.Of(secret, [], body.Span)))];

    // The setting "form" changes the content type; whether it changes the body depends on the version, so the body itself is asked.
    protected override ReadOnlyMemory<byte> JsonOf(Delivery delivery) => FormBody.JsonOf(delivery.Body);

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var name = delivery.Header("X-Discourse-Event") ?? delivery.Header("X-Discourse-Event-Type");
        var host = Uri.TryCreate(delivery.Header("X-Discourse-Instance"), UriKind.Absolute, out var instance) ? instance.IdnHost : null;
        var post = name == "post_liked" ? body.Get("like", "post") : body.Get("post");
        if (name is not ("post_liked" or "post_created" or "post_destroyed"))
            into.Skip(name);
        else if (post.Text("topic_archetype") == "private_message")
            into.Skip("private_message");
        // A whisper, or the forum itself noting that a topic was closed.
        else if (post.Get("post_type").Exists() && post.Id("post_type") != "1")
            into.Skip("post_type");
        else if (name == "post_liked")
            Like(host, post, body.Text("like", "user", "username"), into);
        else
            Post(host, post, into, isDestroyed: name == "post_destroyed");
    }

    private static void Like(string? host, JsonElement post, string? liker, Translation into) =>
        into.Remember(
            $"{host}|like|{post.Id("id")}|{liker?.ToLowerInvariant()}",
            Act(host, post) with
            {
                Type = InteractionType.Like,
                Actor = Account(host, liker),
                Target = Account(host, post.Text("username")),
                At = null,
                Id = FactIds.Of("like", post.Id("id")),
            }
        );

    private static void Post(string? host, JsonElement post, Translation into, bool isDestroyed)
    {
        var act = Act(host, post);
        if (isDestroyed)
            act = act with { At = post.Moment("deleted_at") };
        var told = new HashSet<AccountId?> { act.Actor };
        var said = DiscourseText.Read(post.Text("raw"));
        if (post.Text("reply_to_user", "username") is { } answered)
            Tell(InteractionType.Reply, "reply", answered);
        foreach (var name in said.Quoted)
            Tell(InteractionType.Quote, "quote", name);
        if (told.Count == 1 && !isDestroyed && !(post.Get("reply_to_user").Exists() || said.Quoted.Count > 0))
            into.Add(act);
        foreach (var name in said.Mentioned)
            Tell(InteractionType.Mention, "mention", name);

        void Tell(InteractionType type, string kind, string name)
        {
            var target = Account(host, name);
            // The one who is answered is neither quoted nor mentioned on top; an answer to oneself is counted as such.
            if (!told.Add(target) && type != InteractionType.Reply)
                return;
            var draft = act with { Type = type, Target = target, Id = FactIds.Of(kind, post.Id("id"), name.ToLowerInvariant()) };
            if (isDestroyed)
                into.Undo(draft);
            else
                into.Add(draft);
        }
    }

    private static InteractionDraft Act(string? host, JsonElement post) =>
        new()
        {
            Type = InteractionType.Post,
            Actor = Account(host, post.Text("username")),
            At = post.Moment("created_at"),
            Id = FactIds.Of("post", post.Id("id")),
            Object = $"https://{host}/t/{post.Id("topic_id")}/{post.Id("post_number")}",
            Context = Contexts.Of([post.Text("category_slug")], host),
        };

    private static AccountId? Account(string? host, string? name) =>
        host is not null && name is not null && AccountId.TryParse($"discourse:{host}/{name.ToLowerInvariant()}", out var id) ? id : null;
}
