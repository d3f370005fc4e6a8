using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>github</c>: repository and organisation webhooks, as JSON or as a form.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>github:login</c> in lower case, since that is all a mention gives; topics are the repository's, the community is
/// <c>github.com/organisation</c>. The event's name is in the header <c>X-GitHub-Event</c>.
/// </para>
/// <para>
/// A star is a like of the repository's owner, a fork a share of it, a comment or review a reply to the author of what it is on, each
/// <c>@name</c> in something new a mention; new issues, pull requests and discussions are posts. <c>watch</c> is the older twin of
/// <c>star</c> and has no moment of its own: only the star counts.
/// </para>
/// </remarks>
internal sealed class GitHubConnector : Connector
{
    private const string Signature = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";
    private const int MaxLogin = 39;

    public override string Source => "github";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToHexStringLower(HmacSignature.Of(Encoding.UTF8.GetBytes(secret), [], body.Span)))];

    // A form is what GitHub sends unless it is told otherwise.
    protected override ReadOnlyMemory<byte> JsonOf(Delivery delivery) => FormBody.JsonOf(delivery.Body);

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var action = body.Text("action");
        var name = delivery.Header("X-GitHub-Event") ?? Translation.Malformed;
        switch (name, action)
        {
            case ("star", "created"):
                into.Add(Star(body));
                break;
            case ("star", "deleted"):
                into.Undo(Star(body));
                break;
            case ("fork", _):
                into.Add(Fork(body));
                break;
            case ("issues", "opened"):
                Post(body, body.Get("issue"), into);
                break;
            case ("pull_request", "opened"):
                Post(body, body.Get("pull_request"), into);
                break;
            case ("discussion", "created"):
                Post(body, body.Get("discussion"), into);
                break;
            case ("issue_comment", "created" or "deleted"):
                Answer(body, body.Get("comment"), body.Get("issue"), into);
                break;
            case ("discussion_comment", "created" or "deleted"):
                Answer(body, body.Get("comment"), body.Get("discussion"), into);
                break;
            case ("pull_request_review_comment", "created" or "deleted"):
                Answer(body, body.Get("comment"), body.Get("pull_request"), into);
                break;
            // A comment in the code comes as itself and once more as an empty review around it.
            case ("pull_request_review", "submitted")
                when body.Text("review", "state") == "commented" && body.Text("review", "body") is null:
                into.Skip("empty_review");
                break;
            case ("pull_request_review", "submitted"):
                Answer(body, body.Get("review"), body.Get("pull_request"), into);
                break;
            case ("commit_comment", "created"):
                Remark(body, body.Get("comment"), into);
                break;
            default:
                into.Skip(action is null ? name : $"{name}.{action}");
                break;
        }
    }

    private static InteractionDraft Star(JsonElement body) =>
        OfRepository(body, InteractionType.Like) with
        {
            Actor = Account(body.Get("sender")),
            At = body.Moment("starred_at"),
            Id = FactIds.Of("star", body.Id("repository", "id")),
        };

    private static InteractionDraft Fork(JsonElement body) =>
        OfRepository(body, InteractionType.Share) with
        {
            // Not the fork's owner, who may be an organisation.
            Actor = Account(body.Get("sender")),
            At = body.Moment("forkee", "created_at"),
            Id = FactIds.Of("fork", body.Id("forkee", "id")),
        };

    private static InteractionDraft OfRepository(JsonElement body, InteractionType type) =>
        new()
        {
            Type = type,
            Actor = null,
            Target = Account(body.Get("repository", "owner")),
            At = null,
            Id = null,
            Object = body.Text("repository", "html_url"),
            Context = Context(body),
        };

    private static void Post(JsonElement body, JsonElement post, Translation into)
    {
        if (IsBot(post, into))
            return;
        into.Add(Written(body, post, InteractionType.Post, null, FactIds.Of("post", Key(post))));
        Mention(body, post, null, into);
    }

    private static void Answer(JsonElement body, JsonElement answer, JsonElement on, Translation into)
    {
        if (IsBot(answer, into))
            return;
        var author = Account(on.Get("user"));
        // What answers a bot may still name people.
        if (!IsBot(on, into))
            Tell(body, Written(body, answer, InteractionType.Reply, author, FactIds.Of("reply", Key(answer))), into);
        Mention(body, answer, author, into);
    }

    // The commit's author is not in the event: only the people named in it can be scored.
    private static void Remark(JsonElement body, JsonElement remark, Translation into)
    {
        if (IsBot(remark, into))
            return;
        into.Skip("commit_comment.created");
        Mention(body, remark, null, into);
    }

    // Who is answered anyway is not mentioned on top.
    private static void Mention(JsonElement body, JsonElement written, AccountId? answered, Translation into)
    {
        foreach (var login in Mentions.In(written.Text("body"), MaxLogin))
        {
            var person = Account(login);
            if (person == answered || person == Account(written.Get("user")))
                continue;
            Tell(body, Written(body, written, InteractionType.Mention, person, FactIds.Of("mention", Key(written), login)), into);
        }
    }

    private static void Tell(JsonElement body, InteractionDraft draft, Translation into)
    {
        if (body.Text("action") == "deleted")
            into.Undo(draft with { At = null });
        else
            into.Add(draft);
    }

    private static InteractionDraft Written(JsonElement body, JsonElement written, InteractionType type, AccountId? target, string? id) =>
        new()
        {
            Type = type,
            Actor = Account(written.Get("user")),
            Target = target,
            At = written.Moment("submitted_at") ?? written.Moment("created_at"),
            Id = id,
            Object = written.Text("html_url"),
            Context = Context(body),
        };

    // Node ids are unique over all kinds of things; plain ids only within one.
    private static string? Key(JsonElement written) => written.Text("node_id") ?? written.Id("id");

    private static bool IsBot(JsonElement written, Translation into)
    {
        if (written.Text("user", "type") != "Bot")
            return false;
        into.Skip("bot");
        return true;
    }

    private static AccountId? Account(JsonElement user) => Account(user.Text("login"));

    private static AccountId? Account(string? login) => AccountId.TryParse($"github:{login?.ToLowerInvariant()}", out var id) ? id : null;

    private static FactContext Context(JsonElement body) =>
        Contexts.Of(
            body.Get("repository", "topics").Each().Select(t => t.Text()),
            body.Text("organization", "login") is { } organisation ? $"github.com/{organisation.ToLowerInvariant()}" : null
        );
}
