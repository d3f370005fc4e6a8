using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>How the people and channels of an update are shown.</summary>
internal static class TelegramNames
{
    private const int MaxEntities = 100;

    /// <summary>Notes them: a person by first and last name, a channel by its title.</summary>
    public static void Call(JsonElement update, Translation into)
    {
        var (answered, forwarded) = (update.Get("reply_to_message"), update.Get("forward_origin"));
        JsonElement[] named =
        [
            update.Get("chat"),
            update.Get("from"),
            update.Get("sender_chat"),
            update.Get("user"),
            update.Get("actor_chat"),
            answered.Get("from"),
            answered.Get("sender_chat"),
            forwarded.Get("sender_user"),
            forwarded.Get("sender_chat"),
            forwarded.Get("chat"),
        ];
        foreach (var person in named)
            Call(person);
        foreach (var name in (ReadOnlySpan<string>)["entities", "caption_entities"])
        foreach (var entity in update.Get(name).Each().Take(MaxEntities))
            Call(entity.Get("user"));

        void Call(JsonElement person) =>
            into.Call(
                TelegramConnector.Account(person),
                $"{person.Text("first_name")} {person.Text("last_name")}",
                person.Text("title"),
                person.Text("username")
            );
    }
}
