using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Influence.Connectors.Sources;

/// <summary><c>linkedin</c>: what happens to the posts of organisation pages.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>linkedin:urn:li:person:id</c> and <c>linkedin:urn:li:organization:id</c>, the community is the page, topics are the
/// hashtags. Signed is <c>hmacsha256=</c> followed by the body.
/// </para>
/// <para>
/// A comment is a reply to the owner of the post, a share a share or (with words) a quote of the same, a post that names the page a
/// mention of it. Likes mostly do not say who liked: such a one is an increment of the page's anonymous likes. Who subscribed is in every
/// notification and did nothing.
/// </para>
/// </remarks>
internal sealed class LinkedInConnector : Connector
{
    private const string Signature = "X-LI-Signature";
    private const int MaxNotifications = 1000;
    private const int MaxCode = 128;
    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    );
    private static readonly FactRefusal TooMany = new(RefusalCode.TooLong, "notifications", "are more than 1,000: none of them was taken");

    private static ReadOnlySpan<byte> Prefix => "hmacsha256="u8;

    public override string Source => "linkedin";

    public override bool VerifySignature(Delivery delivery, SourceSettings settings, long now) =>
        HmacSignature.IsOfAny(HmacSignature.FromHex(delivery.Header(Signature)), settings, Prefix, delivery.Body.Span);

    public override IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now) =>
        [new(Signature, Convert.ToHexStringLower(HmacSignature.Of(secret, Prefix, body.Span)))];

    /// <remarks>
    /// The answer is the code signed with the same secret as deliveries are. A code with a <c>=</c> in it could be <c>hmacsha256=</c> and a
    /// body, and the answer that body's signature: such codes are refused. LinkedIn's are UUIDs.
    /// </remarks>
    public override HandshakeReply? AnswerHandshake(Delivery delivery, SourceSettings settings)
    {
        var secret = settings.Secrets.FirstOrDefault(s => s.Length > 0);
        if (
            secret is null
            || delivery.Query("challengeCode") is not { Length: > 0 and <= MaxCode } code
            || code.AsSpan().ContainsAnyExcept(CodeCharacters)
        )
            return null;
        var response = Convert.ToHexStringLower(HmacSignature.Of(secret, [], System.Text.Encoding.UTF8.GetBytes(code)));
        return HandshakeReply.Json(new JsonObject { ["challengeCode"] = code, ["challengeResponse"] = response }.ToJsonString());
    }

    protected override void Translate(Delivery delivery, JsonElement body, Translation into)
    {
        var notifications = body.Get("notifications");
        if (!notifications.Exists())
            into.Skip(body.Text("type"));
        else if (notifications.ValueKind == JsonValueKind.Array && notifications.GetArrayLength() > MaxNotifications)
            into.Refuse(null, TooMany);
        else
        {
            foreach (var notification in notifications.Each())
            {
                Translate(notification, into);
                into.Index++;
            }
        }
    }

    private static void Translate(JsonElement e, Translation into)
    {
        switch (e.Text("action"))
        {
            case "LIKE":
                Like(e, into);
                break;
            case "COMMENT" or "ADMIN_COMMENT":
                Comment(e, into);
                break;
            case "COMMENT_DELETE":
                TakeBackComment(e, into);
                break;
            case "SHARE":
                Share(e, into);
                break;
            case "SHARE_MENTION":
                Mention(e, into);
                break;
            case var action:
                into.Skip(action);
                break;
        }
    }

    private static void Like(JsonElement e, Translation into)
    {
        var (page, post, at) = (LinkedInUrn.Account(e.Text("organizationalEntity")), e.Text("sourcePost"), e.Moment("lastModifiedAt"));
        if (LinkedInUrn.Liker(e.Text("generatedActivity")) is { } liker)
            into.Add(Act(e, InteractionType.Like, liker, OwnerOf(e), FactIds.Of("like", post)));
        else if (page is not { } account || FactIds.Of("like", e.Id("notificationId")) is not { } id)
            into.Skip(Translation.Malformed);
        else
            into.Add(
                new MetricReport
                {
                    Account = account,
                    Counts = InteractionType.Like,
                    Value = 1,
                    At = at ?? into.Now,
                    Id = id,
                }
            );
    }

    private static void Comment(JsonElement e, Translation into)
    {
        var comment = e.Get("decoratedGeneratedActivity", "comment");
        var author = LinkedInUrn.Account(comment.Text("owner") ?? comment.Text("actor"));
        if (CommentOf(e) is not { } number)
            into.Skip(Translation.Malformed);
        else if (author is not { } actor)
            into.Skip("COMMENT.no_author");
        else
            into.Remember(Key(number), Act(e, InteractionType.Reply, actor, OwnerOf(e), FactIds.Of("reply", number), comment.Text("text")));
    }

    private static void TakeBackComment(JsonElement e, Translation into)
    {
        if (CommentOf(e) is { } number)
            into.TakeBack(Key(number), e.Moment("lastModifiedAt"));
        else
            into.Skip(Translation.Malformed);
    }

    private static void Share(JsonElement e, Translation into)
    {
        var share = e.Get("decoratedGeneratedActivity", "share");
        var (text, number) = (share.Text("text"), LinkedInUrn.Number(share.Text("entity") ?? e.Text("generatedActivity")));
        var type = text is null ? InteractionType.Share : InteractionType.Quote;
        if (LinkedInUrn.Account(share.Text("owner")) is not { } author)
            into.Skip("SHARE.no_author");
        else
            into.Add(Act(e, type, author, OwnerOf(e), FactIds.Of("share", number), text));
    }

    private static void Mention(JsonElement e, Translation into)
    {
        // The post that names the page is what was generated; some events tell of it as their source instead.
        var post = e.Get("decoratedGeneratedActivity", "share") is { ValueKind: JsonValueKind.Object } share
            ? share
            : e.Get("decoratedSourcePost");
        var number = LinkedInUrn.Number(post.Text("entity") ?? e.Text("generatedActivity"));
        if (LinkedInUrn.Account(post.Text("owner")) is not { } author)
            into.Skip("SHARE_MENTION.no_author");
        else
            into.Add(
                Act(
                    e,
                    InteractionType.Mention,
                    author,
                    LinkedInUrn.Account(e.Text("organizationalEntity")),
                    FactIds.Of("mention", number),
                    post.Text("text")
                )
            );
    }

    private static InteractionDraft Act(
        JsonElement e,
        InteractionType type,
        AccountId author,
        AccountId? target,
        string? id,
        string? text = null
    ) =>
        new()
        {
            Type = type,
            Actor = author,
            Target = target,
            At = e.Moment("lastModifiedAt"),
            Id = id,
            Object = e.Text("sourcePost") ?? e.Text("generatedActivity"),
            Context = Contexts.Of(
                LinkedInText.Hashtags(text ?? e.Text("decoratedSourcePost", "text")),
                LinkedInUrn.Account(e.Text("organizationalEntity")) is { } page
                    ? $"linkedin.com/company/{page.Value[(page.Value.LastIndexOf(':') + 1)..]}"
                    : null
            ),
        };

    private static AccountId? OwnerOf(JsonElement e) =>
        LinkedInUrn.Account(e.Text("decoratedSourcePost", "owner") ?? e.Text("organizationalEntity"));

    private static string? CommentOf(JsonElement e) =>
        LinkedInUrn.Number(e.Text("generatedActivity") ?? e.Text("decoratedGeneratedActivity", "comment", "entity"));

    // Numbers of comments are LinkedIn's own, and only LinkedIn signs: a deletion, which may be the page's, need not say whose comment it
    // was.
    private static string Key(string comment) => $"comment|{comment}";
}
