using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>How the people and channels of an update are shown.</summary>
internal static class TelegramNames
{
    private const int MaxEntities = 100;

    private static readonly string[][] Places =
    [
        ["chat"],
        ["from"],
        ["sender_chat"],
        ["user"],
        ["actor_chat"],
        ["reply_to_message", "from"],
        ["reply_to_message", "sender_chat"],
        ["forward_origin", "sender_user"],
        ["forward_origin", "sender_chat"],
        ["forward_origin", "chat"],
    ];

    /// <summary>Notes them: a person by first and last name, a channel by its title.</summary>
    public static void Call(JsonElement update, Translation into)
    {
        foreach (var place in Places)
            Call(update.Get(place));
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
