using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>activitystreams</c>: activities of Mastodon and the rest of the fediverse, forwarded.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>fediverse:name@host</c>, the community is the host of who gains, topics are the hashtags. A Like counts for the author
/// of its object, an Announce as a share of the same, a Follow for its object; a Create is for <see cref="ActivityNote"/>. All of it is
/// remembered under who did it and the id of the activity, or of the note for a Create, since that is what a later Delete names; an Undo
/// that tells what it undoes takes that back whatever its id. What a group passes on counts as what its member did.
/// </para>
/// <para>
/// A type may be one of several in an array, and actor and object a string, an embedded object, or an array of those. Likes and follows
/// mostly carry no moment: the one at which they first came then stands.
/// </para>
/// </remarks>
internal sealed class ActivityStreamsConnector : ForwardedConnector
{
    private static readonly string[] Activities =
    [
        "Create",
        "Like",
        "EmojiReact",
        "Announce",
        "Follow",
        "Undo",
        "Delete",
        "Update",
        "Accept",
        "Reject",
        "Add",
        "Remove",
        "Block",
        "Flag",
        "Move",
    ];

    public override string Source => "activitystreams";

    public override string? Network => "fediverse";

    /// <summary>The given type that is one of those wanted, else the first; without the vocabulary's prefix.</summary>
    internal static string? TypeOf(JsonElement thing, string[] wanted)
    {
        var given = thing.Get("type").Each().Take(8).Select(t => t.Text()).Select(t => t?[(t.LastIndexOfAny(['#', ':']) + 1)..]).ToArray();
        return given.FirstOrDefault(wanted.Contains) ?? given.FirstOrDefault();
    }

    protected override JsonElement EventsOf(JsonElement body) =>
        body.Get("orderedItems") is { ValueKind: JsonValueKind.Array } ordered ? ordered
        : body.Get("items") is { ValueKind: JsonValueKind.Array } items ? items
        : body;

    protected override void Translate(JsonElement e, Translation into)
    {
        // A group passes on what its members do: they did it, under the id that their own servers tell as well.
        var inner = e.Get("object").Each().FirstOrDefault();
        var by = FediverseAddress.Id(e.Get("actor"));
        foreach (var named in (ReadOnlySpan<JsonElement>)[e.Get("actor"), inner, inner.Get("actor"), inner.Get("attributedTo")])
            FediverseAddress.Call(named, by, into);
        Move(e, by, into.Sightings);
        if (TypeOf(e, Activities) == "Announce" && Activities.Contains(TypeOf(inner, Activities)))
        {
            if (FediverseAddress.IsSameHost(FediverseAddress.Id(inner), FediverseAddress.Id(inner.Get("actor"))))
                Activity(inner, into);
            else
                into.Skip("Announce.not_its_own");
        }
        else
            Activity(e, into);
    }

    // Both ends must say it, each by its own server: what one says of the other is not taken.
    private static void Move(JsonElement e, string? by, Sightings into)
    {
        var actor = FediverseAddress.Account(by);
        if (TypeOf(e, Activities) == "Move" && FediverseAddress.Account(FediverseAddress.Id(e.Get("object"))) == actor)
            into.Claim(actor, FediverseAddress.Account(FediverseAddress.Id(e.Get("target"))), MoveEnd.From);
        foreach (var told in (ReadOnlySpan<string>)["actor", "object", "target"])
            FediverseAddress.Claim(e.Get(told), by, into);
    }

    private static void Activity(JsonElement e, Translation into)
    {
        var (type, id, what) = (TypeOf(e, Activities), FediverseAddress.Id(e), e.Get("object"));
        if (!Activities.Contains(type))
            into.Skip(type);
        else if (FediverseAddress.Account(FediverseAddress.Id(e.Get("actor"))) is not { } actor)
            into.Skip(Translation.Malformed);
        else if (NeverCounted.Matches(actor) || NotPersons.OnFediverse(e.Get("actor").Each().FirstOrDefault()))
            into.Skip(Translation.Bot);
        else if (type == "Create")
            ActivityNote.Read(actor, e, into);
        else if (type == "Undo")
            Undo(actor, e, id, into);
        else if (type == "Delete")
            Delete(actor, what, e.Moment("published"), into);
        else if (type == "Announce" && !ActivityNote.IsPublic(e))
            into.Skip("Announce.not_public");
        else if (Draft(actor, type, e, into) is not { } draft)
            return;
        else if (id is null)
            into.Add(draft);
        else
            into.Remember(Key(actor, id), draft);
    }

    /// <summary>Holds who did it, so that nobody can take back what others did.</summary>
    internal static string Key(AccountId actor, string id) => $"{actor.Value}|{id}";

    // Null, and counted, when it is not scored.
    private static InteractionDraft? Draft(AccountId actor, string? type, JsonElement e, Translation into)
    {
        var (what, whatId) = (e.Get("object").Each().FirstOrDefault(), FediverseAddress.Id(e.Get("object")));
        var (kind, name) = type switch
        {
            "Like" or "EmojiReact" => (InteractionType.Like, "like"),
            "Announce" => (InteractionType.Share, "share"),
            "Follow" => (InteractionType.Follow, "follow"),
            _ => (default, ""),
        };
        var target = kind == InteractionType.Follow ? FediverseAddress.Account(whatId) : FediverseAddress.Author(what);
        if (Refuse(actor, type, kind, what, target is null && whatId is not null) is { } reason)
        {
            into.Skip(reason);
            return null;
        }

        return new()
        {
            Type = kind,
            Actor = actor,
            Target = target,
            At = e.Moment("published"),
            Id = FactIds.Of(name, kind == InteractionType.Follow ? target?.Value : whatId),
            // Who is followed is the target, however its address is written.
            Object = kind == InteractionType.Follow ? null : whatId,
            Context = Contexts.Of(ActivityNote.Hashtags(what), FediverseAddress.Host(target)),
        };
    }

    private static string? Refuse(AccountId actor, string? type, InteractionType kind, JsonElement what, bool isOfUnknown)
    {
        if (kind == default)
            return type ?? Translation.Malformed;
        // A group boosts whatever is addressed to it.
        var isByAudience = what.Get("audience").Each().Take(8).Any(a => FediverseAddress.Account(FediverseAddress.Id(a)) == actor);
        var author = kind == InteractionType.Follow ? what : what.Get("attributedTo").Each().FirstOrDefault();
        if (isByAudience || NotPersons.OnFediverse(author))
            return Translation.Bot;
        if (kind != InteractionType.Follow && ActivityNote.IsAddressed(what) && !ActivityNote.IsPublic(what))
            return $"{type}.not_public";
        return isOfUnknown ? $"{type}.unknown_author" : null;
    }

    // By the id of what is undone; or, since some servers give it another id than at first, by what it is.
    private static void Undo(AccountId actor, JsonElement undo, string? id, Translation into)
    {
        var (undone, at) = (undo.Get("object").Each().FirstOrDefault(), undo.Moment("published"));
        var isDescribed = undone.Get("object").Exists();
        var draft = isDescribed ? Draft(actor, TypeOf(undone, Activities), undone, into) : null;
        draft = draft is null ? null : draft with { Id = null, At = at };
        if (FediverseAddress.Id(undone) is { } undoneId)
            into.TakeBack(Key(actor, undoneId), at, draft);
        else if (draft is not null && at is null && id is not null)
            into.RememberUndo(Key(actor, id), draft);
        else if (draft is not null)
            into.Undo(draft);
        else if (!isDescribed)
            into.Skip(Translation.Malformed);
    }

    private static void Delete(AccountId actor, JsonElement deleted, long? at, Translation into)
    {
        if (FediverseAddress.Id(deleted) is not { } id)
            into.Skip(Translation.Malformed);
        // Servers tell everybody of accounts that were closed; what they did stands.
        else if (FediverseAddress.Account(id) == actor)
            into.Skip("Delete.actor");
        else
            into.TakeBack(Key(actor, id), at);
    }
}
