using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>gitlab</c>: project, group and system webhooks of gitlab.com and of servers of one's own.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>gitlab:login</c> on gitlab.com and <c>gitlab:host/login</c> elsewhere; the community is <c>host/group</c>. A secret that
/// begins with <c>whsec_</c> is a signing token and signs as <c>standard</c> does; any other is the older secret token, which
/// <c>X-Gitlab-Token</c> shows as it is.
/// </para>
/// <para>
/// A reaction is a like, a comment a reply, each to the author of what it is on, each <c>@name</c> in something new a mention; new issues,
/// work items and merge requests are posts. GitLab names that author by number only: who is not named elsewhere in the event, as the one
/// who acts, an assignee or a reviewer, stays unknown. What is confidential or in a private project is not scored.
/// </para>
/// </remarks>
internal sealed class GitLabConnector : Connector
{
    private const string Token = "X-Gitlab-Token";
    private const string SigningToken = "whsec_";
    private const string Home = "gitlab.com";
    private const string Private = "0";
    private const int MaxLogin = 255;
    private const int MaxPeople = 100;
    private static readonly StandardConnector Standard = new();

    // Where an event names people, with number and login.
    private static readonly string[] People = ["user", "author", "assignee", "assignees", "reviewers"];

    public override string Source => "gitlab";

    public override bool HasInstances => true;

    public override bool HasPrivate => true;

    public override string? InstanceOf(Delivery delivery) => Own(Hosts.Of(delivery.Header("X-Gitlab-Instance")));

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        SharedSecret.IsAnyOf(delivery.Header(Token), settings.Secrets.Where(s => !IsSigningToken(s)))
        | StandardConnector.IsSigned(delivery, Only(settings, IsSigningToken), now);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        IsSigningToken(secret) ? Standard.Sign(body, secret, now) : [new(Token, secret)];

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        into.Instance ??= Own(Hosts.Of(body.Text("project", "web_url")));
        var (kind, what) = (body.Text("object_kind"), body.Get("object_attributes"));
        // Before 16.11 a comment said nothing of what happened to it: it was new.
        var action = what.Text("action") ?? (kind == "note" ? "create" : null);
        switch (kind, action)
        {
            case ("note", "create") or ("emoji", "award" or "revoke") or ("issue" or "work_item" or "merge_request", "open"):
                if (NotScored(body, what, into.IncludesPrivate) is { } why)
                    into.Skip($"{kind}.{why}");
                else
                    new Event(body, what, into).Take(kind);
                break;
            default:
                into.Skip(action is null ? kind : $"{kind}.{action}");
                break;
        }
    }

    private static string? NotScored(JsonElement body, JsonElement what, bool includesPrivate)
    {
        var isPrivate = body.Id("project", "visibility_level") == Private || body.Id("snippet", "visibility_level") == Private;
        if (isPrivate && !includesPrivate)
            return "private";
        // What only the members of a project may read is not for a board, whatever the setting.
        if (
            body.Text("event_type")?.StartsWith("confidential_", StringComparison.Ordinal) == true
            || body.IsTrue("issue", "confidential")
            || body.IsTrue("note", "internal")
            || what.IsTrue("confidential")
            || what.IsTrue("internal")
        )
            return "confidential";
        // GitLab's own remark that somebody closed or labelled something.
        return what.IsTrue("system") ? "system" : null;
    }

    /// <summary>One event that may count.</summary>
    private sealed class Event(JsonElement body, JsonElement what, Translation into)
    {
        private readonly AccountId? actor = Account(into.Instance, body.Text("user", "username"));

        public void Take(string kind)
        {
            foreach (var person in Named(body).Concat(Named(what)))
            {
                var account = Account(into.Instance, person.Text("username"));
                into.Call(account, person.Text("name"));
                into.Sightings.See(person.Id("id"), account);
            }

            if (kind == "emoji")
                React();
            else if (kind == "note")
                Answer();
            else
                Post(kind);
        }

        private void React()
        {
            var reaction = Act(InteractionType.Like, FactIds.Of("emoji", what.Id("id"))) with { Object = what.Text("awarded_on_url") };
            if (AuthorOf(what.Text("awardable_type"), "emoji") is not { } author)
                return;
            // Without a number the taking back would be of more than one.
            if (reaction.Id is null)
                into.Skip(Translation.Malformed);
            // One that is taken back says when it was given, not when it was taken back; given again, it has another number.
            else if (what.Text("action") == "revoke")
                into.RememberUndo($"emoji|{what.Id("id")}", reaction with { Target = author, At = null });
            else
                into.Add(reaction with { Target = author });
        }

        private void Answer()
        {
            var author = AuthorOf(what.Text("noteable_type"), "note");
            if (author is not null)
                into.Add(Act(InteractionType.Reply, FactIds.Of("reply", what.Id("id"))) with { Target = author });
            Mention("note", what.Text("note"), author);
        }

        private void Post(string kind)
        {
            into.Add(Act(InteractionType.Post, FactIds.Of("post", kind, what.Id("id"))));
            Mention(kind, what.Text("description"), null);
        }

        // Who is answered anyway is not mentioned on top.
        private void Mention(string kind, string? text, AccountId? answered)
        {
            foreach (var login in Mentions.In(text, MaxLogin, alsoInNames: "."))
                if (Account(into.Instance, login) is { } person && person != answered && person != actor)
                    into.Add(Act(InteractionType.Mention, FactIds.Of("mention", kind, what.Id("id"), login)) with { Target = person });
        }

        private InteractionDraft Act(InteractionType type, string? id) =>
            new()
            {
                Type = type,
                Actor = actor,
                At = Moment(what.Get("created_at")),
                Id = id,
                Object = what.Text("url"),
                Context = Contexts.Of(
                    [],
                    body.Text("project", "path_with_namespace")?.Split('/')[0] is { } g
                        ? $"{into.Instance ?? Home}/{g}".ToLowerInvariant()
                        : null
                ),
            };

        private AccountId? AuthorOf(string? type, string name)
        {
            var thing = body.Get(
                type switch
                {
                    "Note" => "note",
                    "MergeRequest" => "merge_request",
                    "Snippet" or "ProjectSnippet" => "snippet",
                    _ => "issue",
                }
            );
            var login = type == "Commit" ? null : Login(thing.Id("author_id"), body) ?? Login(thing.Id("author_id"), thing);
            if (login is null)
                into.Skip($"{name}.unknown_author");
            else
                return Account(into.Instance, login);
            return null;
        }
    }

    private static string? Login(string? number, JsonElement within) =>
        number is null ? null : Named(within).FirstOrDefault(p => p.Id("id") == number).Text("username");

    private static IEnumerable<JsonElement> Named(JsonElement within) => People.SelectMany(name => within.Get(name).Each()).Take(MaxPeople);

    // 2026-11-20 08:15:00 UTC, as GitLab writes in most places.
    private static long? Moment(JsonElement value) =>
        value.Text() is { } text && text.EndsWith(" UTC", StringComparison.Ordinal)
            ? SourceTimestamps.Read(text[..^" UTC".Length])
            : SourceTimestamps.Read(value);

    private static AccountId? Account(string? instance, string? login) =>
        login is not null && AccountId.TryParse($"gitlab:{(instance is null ? "" : $"{instance}/")}{login.ToLowerInvariant()}", out var id)
            ? id
            : null;

    // Null for gitlab.com, whose people have no host in their ids.
    private static string? Own(string? host) => host is Home ? null : host;

    private static bool IsSigningToken(string secret) => secret.StartsWith(SigningToken, StringComparison.Ordinal);

    private static SourceSettings Only(SourceSettings settings, Func<string, bool> isMeant)
    {
        var only = new SourceSettings();
        foreach (var secret in settings.Secrets.Where(isMeant))
            only.Secrets.Add(secret);
        return only;
    }
}
