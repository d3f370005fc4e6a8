using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>gitea</c>: repository, organisation and system webhooks of Gitea and Forgejo, as JSON or as a form.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>gitea:host/login</c>, the community is <c>host/owner</c>, topics are the repository's. There are headers like GitHub's
/// too; the people are the server's own all the same. Signed is the JSON, also where it is sent in a form.
/// </para>
/// <para>
/// A fork is a share of the repository's owner, a comment or review a reply to the author of what it is on, each <c>@name</c> in something
/// new a mention; new issues and pull requests are posts. A comment, issue or pull request that is deleted takes back all that it did,
/// whatever its text says by then. There are no events for stars and follows. Private repositories are not scored.
/// </para>
/// </remarks>
internal sealed class GiteaConnector : Connector
{
    private const string Signature = "X-Gitea-Signature";
    private const string ForgejoSignature = "X-Forgejo-Signature";
    private const int MaxLogin = 40;

    public override string Source => "gitea";

    public override bool HasInstances => true;

    public override bool HasPrivate => true;

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(
            HmacSignature.FromHex(delivery.Header(ForgejoSignature) ?? delivery.Header(Signature)),
            settings,
            [],
            Signed(delivery.Body).Span
        );

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Convert.ToHexStringLower(HmacSignature.Of(secret, [], Signed(body).Span)))];

    protected override ReadOnlyMemory<byte> JsonOf(ReadOnlyMemory<byte> body) => Signed(body);

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var action = body.Text("action");
        var name = delivery.Header("X-Gitea-Event") ?? delivery.Header("X-Forgejo-Event") ?? Translation.Malformed;
        // In the event of a fork the repository is the new one, and the forkee, against the word, the one it was made of.
        var repository = body.Get(name == "fork" ? "forkee" : "repository");
        // It names its server in the body only, which is signed.
        into.Instance = Hosts.Of(repository.Text("html_url") ?? body.Text("sender", "html_url"));
        var e = new Event(into.Instance, repository, body, into);
        if (repository.IsTrue("private") && !into.IncludesPrivate)
            into.Skip($"{name}.private");
        else if (NotPersons.OnGitea(body.Get("sender")))
            into.Skip(Translation.Bot);
        else
        {
            switch (name, action)
            {
                case ("fork", _):
                    e.Fork();
                    break;
                case ("issues", "opened" or "deleted"):
                    e.Tell("issue", body.Get("issue"), default);
                    break;
                case ("pull_request", "opened" or "deleted"):
                    e.Tell("pull_request", body.Get("pull_request"), default);
                    break;
                case ("issue_comment", "created" or "deleted"):
                    e.Tell("comment", body.Get("comment"), body.Get("issue"));
                    break;
                case ("pull_request_approved" or "pull_request_rejected" or "pull_request_comment", "reviewed"):
                    e.Review();
                    break;
                default:
                    into.Skip(action is null ? name : $"{name}.{action}");
                    break;
            }
        }
    }

    /// <summary>One event that may count.</summary>
    private sealed class Event(string? host, JsonElement repository, JsonElement body, Translation into)
    {
        public void Fork() =>
            into.Add(
                Act(InteractionType.Share, body.Get("sender"), FactIds.Of("fork", body.Id("repository", "id"))) with
                {
                    Target = Account(repository.Get("owner")),
                    At = body.Moment("repository", "created_at"),
                    Object = repository.Text("html_url"),
                }
            );

        /// <summary>Something written, or deleted: an issue, a pull request, or a comment on either.</summary>
        public void Tell(string kind, JsonElement written, JsonElement on)
        {
            var (author, id) = (written.Get("user"), written.Id("id"));
            if (NotPersons.OnGitea(author))
            {
                into.Skip(Translation.Bot);
                return;
            }

            // Empty, and so no key, without a number. Only the server signs, so that a deletion, which may be a moderator's, need not
            // be its author's.
            var key = id is null ? "" : $"{kind}|{id}";
            if (body.Text("action") == "deleted")
            {
                into.TakeBack(key, null);
                return;
            }

            var act = Act(InteractionType.Post, author, FactIds.Of("post", kind, id)) with
            {
                At = written.Moment("created_at"),
                Object = written.Text("html_url"),
            };
            var answered = on.Exists() ? Account(on.Get("user")) : null;
            if (!on.Exists())
                into.Add(act);
            else if (NotPersons.OnGitea(on.Get("user")))
                into.Skip(Translation.Bot);
            else
                into.Remember(key, act with { Type = InteractionType.Reply, Target = answered, Id = FactIds.Of("reply", id) });
            foreach (var draft in Mentioned(act, written.Text("body"), answered, kind, id))
                into.Remember(key, draft);
        }

        // A review has neither an id nor a moment: what a person says of one kind on one pull request counts once.
        public void Review()
        {
            var (on, kind) = (body.Get("pull_request"), body.Text("review", "type"));
            var act = Act(InteractionType.Reply, body.Get("sender"), FactIds.Of("review", on.Id("id"), kind)) with
            {
                Target = Account(on.Get("user")),
                Object = on.Text("html_url"),
            };
            if (NotPersons.OnGitea(on.Get("user")))
                into.Skip(Translation.Bot);
            else
                into.Add(act);
            foreach (var draft in Mentioned(act, body.Text("review", "content"), act.Target, "review", $"{on.Id("id")}:{kind}"))
                into.Add(draft);
        }

        // Who is answered anyway is not mentioned on top.
        private IEnumerable<InteractionDraft> Mentioned(InteractionDraft act, string? text, AccountId? answered, string kind, string? id) =>
            from login in Mentions.In(text, MaxLogin, alsoInNames: ".")
            let person = Account(login)
            where person is not null && person != answered && person != act.Actor
            select act with
            {
                Type = InteractionType.Mention,
                Target = person,
                Id = FactIds.Of("mention", kind, id, login),
            };

        private InteractionDraft Act(InteractionType type, JsonElement actor, string? id) =>
            new()
            {
                Type = type,
                Actor = Account(actor),
                At = null,
                Id = id,
                Context = Contexts.Of(
                    repository.Get("topics").Each().Select(t => t.Text()),
                    repository.Text("owner", "login") is { } owner ? $"{host}/{owner.ToLowerInvariant()}" : null
                ),
            };

        private AccountId? Account(JsonElement user)
        {
            var account = Account(user.Text("login") ?? user.Text("username"));
            into.Call(account, user.Text("full_name"));
            if (!NotPersons.OnGitea(user))
                into.Sightings.See(user.Id("id"), account);
            return account;
        }

        private AccountId? Account(string? login) =>
            host is not null && login is not null && AccountId.TryParse($"gitea:{host}/{login.ToLowerInvariant()}", out var id) ? id : null;
    }

    private static ReadOnlyMemory<byte> Signed(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("payload="u8) ? PayloadBytes.JsonInForm(body) : body;
}
