using System.Text.Json;
using Influence.Scoring;

namespace Influence.Connectors;

/// <summary>
/// <c>activitystreams</c>: activities of Mastodon and the fediverse, forwarded from an inbox or outbox. Accounts are <c>fediverse:</c> and the actor's
/// address without <c>https://</c>; hashtags are the topics, the actor's instance the community. See <see cref="ActivityNode"/> for how loose the format is.
/// </summary>
/// <remarks>
/// Like, Announce and Follow are remembered by actor and activity, notes by actor and note, since an Undo or Delete may hold nothing but the id. The
/// author of a note is its <c>attributedTo</c>; of a note known by its address alone, whoever's <c>…/statuses/…</c> it is, else nobody.
/// </remarks>
internal sealed class ActivityStreamsConnector : ForwardedConnector
{
    private static readonly string[] Types = ["Create", "Like", "EmojiReact", "Announce", "Follow", "Undo", "Delete"];

    public override string Source => "activitystreams";

    protected override void Read(JsonElement e, Translation into)
    {
        var activity = new ActivityNode(e);
        var (actor, type) = (activity.Reference("actor"), activity.Type(Types));
        if (actor is null) into.Skip(type is null ? null : Translation.Malformed);
        else if (type is "Create") Create(activity, actor, into);
        else if (type is "Undo") Undo(activity, actor, into);
        else if (type is "Delete") Delete(activity, actor, into);
        else if (Engagement(activity, actor, type) is not { } draft) into.Skip(type);
        // Only the text of the address is missing then: what happened is known, but not to whom.
        else if (draft.Target is null) into.Skip($"{type}.unknown_author");
        else if (activity.Id is { } id) into.Remember($"{actor}|{id}", draft);
        else into.AddOrRemember(draft);
    }

    private static InteractionDraft? Engagement(ActivityNode activity, string actor, string? type)
    {
        var (what, act) = (activity.Reference("object"), Act(activity, actor));
        var target = ActivityNode.Account(activity.AuthorOf("object"));
        return type switch
        {
            "Like" or "EmojiReact" => act with { Type = InteractionType.Like, Target = target, Id = FactIds.Of("like", what), Object = what },
            "Announce" => act with { Type = InteractionType.Share, Target = target, Id = FactIds.Of("share", what), Object = what },
            "Follow" => act with { Type = InteractionType.Follow, Target = ActivityNode.Account(what), Id = FactIds.Of("follow", what) },
            _ => null,
        };
    }

    private static void Create(ActivityNode activity, string actor, Translation into)
    {
        var note = activity.Node("object");
        if (!activity.IsPublic || !note.IsPublic) into.Skip("Create.private");
        else if (note.Id is not { } id || !note.IsObject) into.Skip("Create.not_embedded");
        else Written(activity, note, id, actor, into);
    }

    private static void Written(ActivityNode activity, ActivityNode note, string id, string actor, Translation into)
    {
        var act = Act(activity, actor) with { At = note.Moment ?? activity.Moment, Id = FactIds.Of("post", id), Object = id, Context = Contexts.Of(note.Hashtags, ActivityNode.Instance(actor)) };
        var told = new HashSet<AccountId?> { act.Actor };
        var quote = QuoteFields.FirstOrDefault(f => note.Reference(f) is not null);
        var isAnswer = note.Reference("inReplyTo") is not null;
        if (isAnswer) Tell(InteractionType.Reply, "reply", note.AuthorOf("inReplyTo"));
        if (quote is not null) Tell(InteractionType.Quote, "quote", note.AuthorOf(quote));
        if (!isAnswer && quote is null) into.AddOrRemember(act);
        foreach (var person in note.Mentioned)
            if (!told.Contains(ActivityNode.Account(person))) Tell(InteractionType.Mention, "mention", person);

        void Tell(InteractionType type, string kind, string? person)
        {
            var target = ActivityNode.Account(person);
            told.Add(target);
            if (target is null) into.Skip($"{kind}.unknown_author");
            else into.Remember($"{actor}|{id}", act with { Type = type, Target = target, Id = FactIds.Of(kind, id) });
        }
    }

    // Names of the same field: the newest standard, Misskey's, and two that came between.
    private static readonly string[] QuoteFields = ["quote", "quoteUrl", "quoteUri", "_misskey_quote"];

    private static void Undo(ActivityNode undo, string actor, Translation into)
    {
        var undone = undo.Node("object");
        var type = undone.Type(Types);
        if (undone.Id is { } id) into.TakeBack($"{actor}|{id}", undo.Moment);
        // Without an id, the activity within says what it was; only its own actor can undo it.
        else if ((undone.Reference("actor") ?? actor) == actor && Engagement(undone, actor, type) is { Target: not null } draft) into.Undo(draft with { At = undo.Moment });
        else into.Skip("Undo");
    }

    private static void Delete(ActivityNode delete, string actor, Translation into)
    {
        var what = delete.Reference("object");
        if (what is null || what == actor) into.Skip("Delete.actor");
        else into.TakeBack($"{actor}|{what}", delete.Moment);
    }

    private static InteractionDraft Act(ActivityNode activity, string actor) => new()
    {
        Type = InteractionType.Post,
        Actor = ActivityNode.Account(actor),
        At = activity.Moment,
        Id = null,
        Context = Contexts.Of(activity.Node("object").Hashtags, ActivityNode.Instance(actor)),
    };
}
