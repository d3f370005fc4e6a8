using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>github</c>: repository and organisation webhooks, as JSON or as a form.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>github:login</c> in lower case, since that is all a mention gives, and <c>github:host/login</c> on a server of one's
/// own; topics are the repository's, the community is <c>github.com/organisation</c>. The event's name is in the header
/// <c>X-GitHub-Event</c>.
/// </para>
/// <para>
/// A star is a like of the repository's owner, a fork a share of it, a comment or review a reply to the author of what it is on, an
/// accepted answer a quote of its author, a sponsorship a follow, each <c>@name</c> in something new a mention; new issues, pull requests
/// and discussions are posts. What can be taken back is remembered under ids that stay when names change. <c>watch</c> is the older twin
/// of <c>star</c> and has no moment of its own: only the star counts.
/// </para>
/// </remarks>
internal sealed class GitHubConnector : Connector
{
    private const string Signature = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";
    private const int MaxLogin = 39;

    private static readonly Dictionary<string, Action<GitHubEvent, Translation>> Rules = new(StringComparer.Ordinal)
    {
        ["star.created"] = Star,
        ["star.deleted"] = (e, into) => into.EndEpisode(StarKey(e), e.Delivery, null, StarOf(e, null)),
        ["fork"] = Fork,
        ["sponsorship.created"] = Sponsor,
        ["sponsorship.cancelled"] = (e, into) => End(e, Key(e.Body.Get("sponsorship")), into),
        ["issues.opened"] = (e, into) => Post(e, "issue", into),
        ["issues.deleted"] = (e, into) => TakeBack(e, "issue", into),
        ["pull_request.opened"] = (e, into) => Post(e, "pull_request", into),
        ["discussion.created"] = (e, into) => Post(e, "discussion", into),
        ["discussion.deleted"] = (e, into) => TakeBack(e, "discussion", into),
        ["discussion.answered"] = Accept,
        ["discussion.unanswered"] = (e, into) => End(e, AnswerKey(e.Body.Get("old_answer")), into),
        ["issue_comment.created"] = (e, into) => Answer(e, "comment", "issue", into),
        ["issue_comment.deleted"] = (e, into) => TakeBack(e, "comment", into, "issue"),
        ["discussion_comment.created"] = (e, into) => Answer(e, "comment", "discussion", into),
        ["discussion_comment.deleted"] = (e, into) => TakeBack(e, "comment", into, "discussion"),
        ["pull_request_review_comment.created"] = (e, into) => Answer(e, "comment", "pull_request", into),
        ["pull_request_review_comment.deleted"] = (e, into) => TakeBack(e, "comment", into, "pull_request"),
        ["pull_request_review.submitted"] = Review,
        ["commit_comment.created"] = Remark,
    };

    public override string Source => "github";

    public override bool HasInstances => true;

    public override bool HasPrivate => true;

    public override string? InstanceOf(Delivery delivery) => GitHubEvent.HostOf(delivery);

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature), Prefix), settings, [], delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Prefix + Convert.ToHexStringLower(HmacSignature.Of(secret, [], body.Span)))];

    // A form is what GitHub sends unless it is told otherwise.
    protected override ReadOnlyMemory<byte> JsonOf(ReadOnlyMemory<byte> body) => PayloadBytes.JsonInForm(body);

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        into.Instance ??= GitHubEvent.HostOf(body);
        var e = new GitHubEvent(
            body,
            into.Instance,
            delivery.Header("X-GitHub-Delivery") is { Length: > 0 } id ? id : $"at {into.Now}",
            into
        );
        var (name, action) = (delivery.Header("X-GitHub-Event") ?? Translation.Malformed, body.Text("action"));
        var type = action is null ? name : $"{name}.{action}";
        if (!Rules.TryGetValue(type, out var rule))
            into.Skip(type);
        else if (e.IsPrivate && !into.IncludesPrivate)
            into.Skip($"{name}.private");
        else if (e.IsMoved)
            into.Skip($"{type}.moved");
        else
            rule(e, into);
    }

    private static void Star(GitHubEvent e, Translation into)
    {
        if (!IsBot(e.Sender, into))
            into.RememberEpisode(StarKey(e), StarOf(e, e.Body.Moment("starred_at")));
    }

    private static InteractionDraft StarOf(GitHubEvent e, long? at) =>
        OfRepository(e, InteractionType.Like, FactIds.Of("star", e.Body.Id("repository", "id")), at);

    private static void Fork(GitHubEvent e, Translation into)
    {
        if (!IsBot(e.Sender, into))
            into.Add(
                OfRepository(e, InteractionType.Share, FactIds.Of("fork", e.Body.Id("forkee", "id")), e.Body.Moment("forkee", "created_at"))
            );
    }

    // Of a fork the sender too, not the fork's owner, who may be an organisation.
    private static InteractionDraft OfRepository(GitHubEvent e, InteractionType type, string? id, long? at) =>
        new()
        {
            Type = type,
            Actor = e.Account(e.Sender),
            Target = e.Account(e.Body.Get("repository", "owner")),
            At = at,
            Id = id,
            Object = e.Body.Text("repository", "html_url"),
            Context = e.Context,
        };

    private static void Sponsor(GitHubEvent e, Translation into)
    {
        var sponsorship = e.Body.Get("sponsorship");
        into.RememberEpisode(
            Key(sponsorship),
            new InteractionDraft
            {
                Type = InteractionType.Follow,
                Actor = e.Account(sponsorship.Get("sponsor")),
                Target = e.Account(sponsorship.Get("sponsorable")),
                At = sponsorship.Moment("created_at"),
                Id = FactIds.Of("sponsorship", Key(sponsorship)),
                Context = e.Context,
            }
        );
    }

    private static void Post(GitHubEvent e, string name, Translation into)
    {
        var post = e.Body.Get(name);
        if (IsBot(post.Get("user"), into))
            return;
        into.Add(Written(e, post, InteractionType.Post, null, FactIds.Of("post", Key(post))));
        Mention(e, post, null, into);
    }

    private static void Review(GitHubEvent e, Translation into)
    {
        // A comment in the code comes as itself and once more as an empty review around it.
        if (e.Body.Text("review", "state") == "commented" && e.Body.Text("review", "body") is null)
            into.Skip("empty_review");
        else
            Answer(e, "review", "pull_request", into);
    }

    private static void Answer(GitHubEvent e, string name, string on, Translation into)
    {
        var (answer, answered) = (e.Body.Get(name), e.Body.Get(on, "user"));
        if (IsBot(answer.Get("user"), into))
            return;
        var author = e.Account(answered);
        // What answers a bot may still name people.
        if (!IsBot(answered, into))
            into.Remember(Key(answer), Written(e, answer, InteractionType.Reply, author, FactIds.Of("reply", Key(answer))));
        Mention(e, answer, author, into);
    }

    // The commit's author is not in the event: only the people named in it can be scored.
    private static void Remark(GitHubEvent e, Translation into)
    {
        var remark = e.Body.Get("comment");
        if (IsBot(remark.Get("user"), into))
            return;
        into.Skip("commit_comment.created");
        Mention(e, remark, null, into);
    }

    private static void Accept(GitHubEvent e, Translation into)
    {
        var (discussion, answer) = (e.Body.Get("discussion"), e.Body.Get("answer"));
        var by = discussion.Get("answer_chosen_by") is { ValueKind: JsonValueKind.Object } chooser ? chooser : e.Sender;
        if (IsBot(by, into) || IsBot(answer.Get("user"), into))
            return;
        into.RememberEpisode(
            AnswerKey(answer),
            Written(e, answer, InteractionType.Quote, e.Account(answer.Get("user")), FactIds.Of("answer", Key(answer))) with
            {
                Actor = e.Account(by),
                At = discussion.Moment("answer_chosen_at"),
            }
        );
    }

    // Who is answered anyway is not mentioned on top.
    private static void Mention(GitHubEvent e, JsonElement written, AccountId? answered, Translation into)
    {
        foreach (var login in Mentions.In(written.Text("body"), MaxLogin))
        {
            var person = e.Account(login);
            if (person != answered && person != e.Account(written.Get("user")))
                into.Remember(
                    Key(written),
                    Written(e, written, InteractionType.Mention, person, FactIds.Of("mention", Key(written), login))
                );
        }
    }

    // What nobody remembers may have come by a backfill: then the answer itself is taken back by its id.
    private static void TakeBack(GitHubEvent e, string name, Translation into, string? on = null)
    {
        var written = e.Body.Get(name);
        var answer = on is null
            ? null
            : Written(e, written, InteractionType.Reply, e.Account(e.Body.Get(on, "user")), FactIds.Of("reply", Key(written)));
        into.TakeBack(Key(written), null, answer);
    }

    private static void End(GitHubEvent e, string key, Translation into) => into.EndEpisode(key, e.Delivery, null);

    private static InteractionDraft Written(GitHubEvent e, JsonElement written, InteractionType type, AccountId? target, string? id) =>
        new()
        {
            Type = type,
            Actor = e.Account(written.Get("user")),
            Target = target,
            At = written.Moment("submitted_at") ?? written.Moment("created_at"),
            Id = id,
            Object = written.Text("html_url"),
            Context = e.Context,
        };

    // Logins and repositories change their names and owners between a star and its end.
    private static string StarKey(GitHubEvent e) =>
        GitHubEvent.StableId(e.Sender) is { } fan && e.Body.Id("repository", "id") is { } repository ? $"{fan}|star|{repository}" : "";

    private static string AnswerKey(JsonElement answer) => Key(answer) is { Length: > 0 } key ? $"{key}|answer" : "";

    // Node ids are unique over all kinds of things; plain ids only within one. Only GitHub signs, so that a deletion, which may be a
    // moderator's, need not be its author's.
    private static string Key(JsonElement written) => written.Text("node_id") ?? written.Id("id") ?? "";

    private static bool IsBot(JsonElement user, Translation into)
    {
        if (!NotPersons.OnGitHub(user))
            return false;
        into.Skip(Translation.Bot);
        return true;
    }
}
