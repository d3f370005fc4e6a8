using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>Updates of an Instagram account: fields <c>comments</c> and <c>live_comments</c>.</summary>
/// <remarks>They carry no moment. A mention does not say who mentions.</remarks>
internal static class MetaInstagram
{
    /// <summary>Reads one update of the account whose entry it is in: comments are on its own media.</summary>
    public static void Update(MetaEntry entry, string? field, JsonElement value, Translation into)
    {
        if (field is not ("comments" or "live_comments"))
            into.Skip(field);
        // An answer to a comment: whose that was is not told.
        else if (value.Get("parent_id").Exists())
            into.Skip($"{field}.unknown_author");
        else
        {
            var (owner, comment) = (entry.Id, value.Id("id") ?? value.Id("comment_id"));
            // Everybody has another number to each app; the owner's own comments say so.
            var actor = MetaUpdate.Account("instagram", value.Get("from", "self_ig_scoped_id").Exists() ? owner : value.Id("from", "id"));
            into.Call(actor, value.Text("from", "username") is { } user ? $"@{user}" : null);
            var draft = new InteractionDraft
            {
                Type = InteractionType.Reply,
                Actor = actor,
                Target = MetaUpdate.Account("instagram", owner),
                At = value.Moment("created_time"),
                Id = FactIds.Of("reply", comment),
                Object = value.Id("media", "id"),
                Context = Contexts.Of(Hashtags.In(value.Text("text")), null),
            };
            MetaUpdate.Tell(draft, $"{actor}|{draft.Id}", entry, isEnd: false, into);
        }
    }
}
