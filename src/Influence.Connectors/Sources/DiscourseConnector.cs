using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>discourse</c>: post, like and solution events of forums.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>discourse:forum.host/username</c> in lower case, the forum's host is the community, the category the topic; the forum
/// is named by the header <c>X-Discourse-Instance</c>. Bodies may be form-encoded. Personal messages are not scored.
/// </para>
/// <para>
/// A post that answers somebody is a reply, one that quotes somebody else a quote, each <c>@name</c> a mention; any other post is a post.
/// Who opened a topic is not in a post that answers just the topic, so that such an answer is a post as well. What a post did is
/// remembered under its number, so that its deletion takes back what it said at first. A like carries no moment: it is remembered, so
/// that the moment it first came stands on every retry. Discourse sends no event for an unlike. Who accepted a solution is in no event:
/// it is one of its author's anonymous quotes.
/// </para>
/// </remarks>
internal sealed class DiscourseConnector : Connector
{
    private const string Signature = "X-Discourse-Event-Signature";
    private const string Prefix = "sha256=";

    public override string Source => "discourse";

    public override bool HasInstances => true;

    public override string? InstanceOf(Delivery delivery) => DiscourseForum.Of(delivery)?.Host;

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToHexStringLower(HmacSignature.Of(secret, [], body.Span)))];

    // The setting "form" changes the content type; whether it changes the body depends on the version, so the body itself is asked.
    protected override ReadOnlyMemory<byte> JsonOf(ReadOnlyMemory<byte> body) => PayloadBytes.JsonInForm(body);

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var (name, forum) = (
            delivery.Header("X-Discourse-Event") ?? delivery.Header("X-Discourse-Event-Type"),
            DiscourseForum.Of(delivery)
        );
        var post = name switch
        {
            "post_liked" => body.Get("like", "post"),
            "accepted_solution" => body.Get("solved"),
            _ => body.Get("post"),
        };
        if (name is not ("post_liked" or "post_created" or "post_destroyed" or "accepted_solution"))
            into.Skip(name);
        else if (forum is null || post.Id("id") is not { } number)
            into.Skip(Translation.Malformed);
        else if (name == "post_destroyed")
            into.TakeBack(KeyOf(number), post.Moment("deleted_at"));
        else if (post.Text("topic_archetype") == "private_message")
            into.Skip("private_message");
        // A whisper, or the forum itself noting that a topic was closed.
        else if (post.Get("post_type").Exists() && post.Id("post_type") != "1")
            into.Skip("post_type");
        else if (NotPersons.OnDiscourse(post.Get("user_id")) || NotPersons.OnDiscourse(body.Get("like", "user", "id")))
            into.Skip(Translation.Bot);
        else
        {
            // Who is in a personal message is for nobody to know.
            foreach (var user in (ReadOnlySpan<JsonElement>)[post.Get("reply_to_user"), body.Get("like", "user")])
                Call(forum, user, user.Get("id"), into);
            Call(forum, post, post.Get("user_id"), into);
            if (name == "post_liked")
                Like(forum, number, post, body.Get("like", "user"), into);
            else if (name == "accepted_solution")
                Accept(forum, number, post, into);
            else
                Post(forum, number, post, into);
        }
    }

    private static void Call(DiscourseForum forum, JsonElement user, JsonElement id, Translation into)
    {
        var account = forum.Account(user.Text("username"));
        into.Call(account, user.Text("name"));
        if (!NotPersons.OnDiscourse(id))
            into.Sightings.See(id.Id(), account);
    }

    private static void Like(DiscourseForum forum, string number, JsonElement post, JsonElement liker, Translation into) =>
        into.Remember(
            $"like|{number}|{liker.Id("id") ?? liker.Text("username")?.ToLowerInvariant()}",
            Act(forum, number, post) with
            {
                Type = InteractionType.Like,
                Actor = forum.Account(liker.Text("username")),
                Target = forum.Account(post.Text("username")),
                At = null,
                Id = FactIds.Of("like", number),
            }
        );

    private static void Accept(DiscourseForum forum, string number, JsonElement post, Translation into)
    {
        if (forum.Account(post.Text("username")) is not { } author)
            into.Skip(Translation.Malformed);
        else if (NeverCounted.Matches(author))
            into.Skip(Translation.Bot);
        else
            into.Remember(
                $"answer|{number}",
                new MetricReport
                {
                    Account = author,
                    Counts = InteractionType.Quote,
                    Value = 1,
                    At = into.Now,
                    Id = FactIds.Of("answer", number),
                }
            );
    }

    private static void Post(DiscourseForum forum, string number, JsonElement post, Translation into)
    {
        var act = Act(forum, number, post);
        var told = new HashSet<AccountId?> { act.Actor };
        var (said, answered) = (DiscourseText.Read(post.Text("raw")), post.Get("reply_to_user"));
        if (answered.Text("username") is { } name)
            Tell(InteractionType.Reply, "reply", name, NotPersons.OnDiscourse(answered.Get("id")));
        foreach (var quoted in said.Quoted)
            Tell(InteractionType.Quote, "quote", quoted);
        if (told.Count == 1 && !(answered.Exists() || said.Quoted.Count > 0))
            into.Add(act);
        foreach (var mentioned in said.Mentioned)
            Tell(InteractionType.Mention, "mention", mentioned, NotPersons.IsDiscourseGroup(mentioned));

        void Tell(InteractionType type, string kind, string name, bool isBot = false)
        {
            var target = forum.Account(name);
            // The one who is answered is neither quoted nor mentioned on top; an answer to oneself is counted as such.
            if (!told.Add(target) && type != InteractionType.Reply)
                return;
            if (isBot)
                into.Skip(Translation.Bot);
            else
                into.Remember(
                    KeyOf(number),
                    act with
                    {
                        Type = type,
                        Target = target,
                        Id = FactIds.Of(kind, number, name.ToLowerInvariant()),
                    }
                );
        }
    }

    // Only the forum signs, so that a deletion, which may be a moderator's, need not be its author's.
    private static string KeyOf(string number) => $"post|{number}";

    private static InteractionDraft Act(DiscourseForum forum, string number, JsonElement post) =>
        new()
        {
            Type = InteractionType.Post,
            Actor = forum.Account(post.Text("username")),
            At = post.Moment("created_at"),
            Id = FactIds.Of("post", number),
            Object = $"{forum.Address}/t/{post.Id("topic_id")}/{post.Id("post_number")}",
            Context = Contexts.Of([post.Text("category_slug")], forum.Host),
        };
}
